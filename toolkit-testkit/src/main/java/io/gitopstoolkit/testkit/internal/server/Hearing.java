package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks have said of a request so far. They are called without the server's lock; then the request is answered
 * anew, and what was said of an object holds as long as that is still what it was.
 */
final class Hearing {
    /**
     * What was said.
     *
     * @param version of the stored object at that time; empty where there was none
     * @param object after the round; null for a deletion
     */
    record Verdict(String version, @Nullable Map<String, Object> object, List<String> warnings) {}

    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private Caller caller = Caller.ADMIN;

    /** Begins to answer the request, for the first time or anew. */
    void begin(Caller asking) {
        caller = asking;
        warnings.clear();
    }

    /** Who asks. */
    Caller caller() {
        return caller;
    }

    @Nullable
    Verdict find(String round, String version) {
        Verdict verdict = verdicts.get(round);
        return verdict == null || !verdict.version().equals(version) ? null : verdict;
    }

    void settle(String round, Verdict verdict) {
        verdicts.put(round, verdict);
    }

    void warn(List<String> further) {
        warnings.addAll(further);
    }

    /** What the client is told beside the answer. */
    List<String> warnings() {
        return warnings;
    }
}
