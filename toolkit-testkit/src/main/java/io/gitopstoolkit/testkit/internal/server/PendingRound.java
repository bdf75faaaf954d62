package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.admission.Admissions;
import io.gitopstoolkit.testkit.internal.server.Hearing.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Webhooks have to be called before a request can be answered; that is for whoever holds the lock, after letting go. */
@SuppressWarnings("serial") // never sent about as a Java object
final class PendingRound extends RuntimeException {
    private final Hearing hearing;
    private final String name;
    private final String version;
    private final Admissions.Round round;
    private final UnaryOperator<Map<String, Object>> form;

    PendingRound(
            Hearing hearing,
            String name,
            String version,
            Admissions.Round round,
            UnaryOperator<Map<String, Object>> form) {
        super(name, null, false, false);
        this.hearing = hearing;
        this.name = name;
        this.version = version;
        this.round = round;
        this.form = form;
    }

    /** Calls the webhooks. Blocks as long as they do. */
    void hold(Admissions admissions) {
        List<String> warnings = new ArrayList<>();
        Map<String, Object> object = admissions.call(round, form, warnings);
        hearing.settle(name, new Verdict(version, object, warnings));
    }
}
