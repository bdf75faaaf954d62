package io.gitopstoolkit.kustomize.internal.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the question mark of a repository's address.
 *
 * @param ref a branch, tag, commit or ref; empty for what the repository points to
 * @param timeout how long each command of Git may take
 * @param submodules whether submodules are to be there
 */
public record RepoQuery(String ref, Duration timeout, boolean submodules) {
    private static final Duration TIMEOUT = Duration.ofSeconds(27);
    private static final RepoQuery DEFAULT = new RepoQuery("", TIMEOUT, true);
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    /** Reads a query; one that is not well formed says nothing. */
    static RepoQuery parse(String query) {
        Map<String, String> values = firstValues(query);
        if (values == null) {
            return DEFAULT;
        }
        String ref = values.getOrDefault("ref", "");
        return new RepoQuery(
                ref.isEmpty() ? values.getOrDefault("version", "") : ref,
                timeout(values.getOrDefault("timeout", "")),
                !FALSE.contains(values.getOrDefault("submodules", "")));
    }

    /** The first value of each name; null where the query is not well formed. */
    private static @Nullable Map<String, String> firstValues(String query) {
        var values = new HashMap<String, String>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = GoUrl.unescaped(equals < 0 ? pair : pair.substring(0, equals));
            String value = GoUrl.unescaped(equals < 0 ? "" : pair.substring(equals + 1));
            if (pair.indexOf(';') >= 0 || key == null || value == null) {
                return null;
            }
            values.putIfAbsent(key, value);
        }
        return values;
    }

    /** Seconds, or a duration such as {@code 1m30s}; what is neither, or not above zero, counts for nothing. */
    private static Duration timeout(String text) {
        if (text.isEmpty()) {
            return TIMEOUT;
        }
        Duration seconds = GoDuration.seconds(text);
        Duration timeout = seconds != null ? seconds : GoDuration.parse(text);
        return timeout == null || timeout.isNegative() || timeout.isZero() ? TIMEOUT : timeout;
    }
}
