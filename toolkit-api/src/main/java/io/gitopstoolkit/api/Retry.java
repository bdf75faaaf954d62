package io.gitopstoolkit.api;

/** Whether doing the same again can help, after Flux's three classes of error. */
public enum Retry {
    /** Not before somebody changes the configuration or the content: Flux's <em>stalling</em>. */
    NEVER,
    /** After a fixed time, when something else is ready: Flux's <em>waiting</em>. */
    WAIT,
    /** Soon, and with growing pauses while it keeps failing: Flux's <em>generic</em>. */
    BACK_OFF
}
