package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Severity;

/**
 * What a {@link DriftWatcher} does about drift. An object may have a mode of its own, by the annotation
 * {@code <group>/drift} of its manifest, with the value {@code detect}, {@code warn}, {@code correct} or {@code disabled}.
 */
public enum DriftMode {
    /** Reports it, with severity info. */
    DETECT(Severity.INFO),
    /** Reports it, with severity error, so that people are told. */
    WARN(Severity.ERROR),
    /** Applies the object anew, and reports what it took back, with severity info; what it could not, with error. */
    CORRECT(Severity.INFO);

    private final Severity severity;

    DriftMode(Severity severity) {
        this.severity = severity;
    }

    /** Of a drift that went as the mode means it to. */
    Severity severity() {
        return severity;
    }
}
