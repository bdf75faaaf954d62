package io.gitopstoolkit.testkit.internal.web;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The latest requests to a server, without credentials, and how many there were. Safe between threads. */
public final class RecordedRequests {
    private static final int KEPT = 10_000;

    /** Parameters of a query that let somebody in, or are enough to guess what does. */
    private static final Pattern CREDENTIALS = Pattern.compile(
            "(?i)([?&](?:x-amz-signature|x-amz-security-token|x-amz-credential|signature|sig|awsaccesskeyid|token"
                    + "|access_token|refresh_token|private_token|password|secret|client_secret|key|api_key)=)[^&]*");

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final Map<String, Long> counts = new HashMap<>();
    private long total;

    /** Records a request. */
    public synchronized void add(String method, String target, String operation) {
        total++;
        counts.merge(operation, 1L, Long::sum);
        lines.add(method + ' ' + masked(target));
        if (lines.size() > KEPT) {
            lines.remove();
        }
    }

    /** Counts an operation that came with a request which is recorded already. */
    public synchronized void count(String operation, long times) {
        counts.merge(operation, times, Long::sum);
    }

    /** Method and target of the latest 10,000, in order of arrival. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** How many there were since the start, or since the record was cleared. */
    public synchronized long count() {
        return total;
    }

    /** How many there were of an operation. */
    public synchronized long count(String operation) {
        return counts.getOrDefault(operation, 0L);
    }

    /** Forgets them all. */
    public synchronized void clear() {
        lines.clear();
        counts.clear();
        total = 0;
    }

    private static String masked(String target) {
        return CREDENTIALS.matcher(target).replaceAll("$1***");
    }
}
