package io.gitopstoolkit.api;

/** How much an event matters, in Flux's words; ordered from least to most. */
public enum Severity {
    /** Of interest when looking for a fault; not told to people. */
    TRACE,
    /** Something happened as it should. */
    INFO,
    /** Something failed. */
    ERROR;

    /** The word in lower case, as in Flux's events. */
    @Override
    public String toString() {
        return switch (this) {
            case TRACE -> "trace";
            case INFO -> "info";
            case ERROR -> "error";
        };
    }
}
