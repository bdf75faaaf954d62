package io.gitopstoolkit.testkit.internal.access;

import io.gitopstoolkit.testkit.internal.http.HttpRequest;

/** A request on record: who asked for what, in which way, and what the answer was. Safe between threads. */
public final class Call {
    private final HttpRequest head;
    private final Target target;
    private final Caller caller;
    private final Caller impersonator;
    private volatile int status;

    /**
     * Makes a record of a request without an answer.
     *
     * @param head without a body
     * @param impersonator who really asked; the same as {@code caller} where nobody is impersonated
     */
    public Call(HttpRequest head, Target target, Caller caller, Caller impersonator) {
        this.head = head;
        this.target = target;
        this.caller = caller;
        this.impersonator = impersonator;
    }

    /** The line of the request and its headers. */
    public HttpRequest head() {
        return head;
    }

    /** What it is about. */
    public Target target() {
        return target;
    }

    /** As whom it is carried out. */
    public Caller caller() {
        return caller;
    }

    /** Who sent it. */
    public Caller impersonator() {
        return impersonator;
    }

    /** The status of the answer; 0 while there is none. */
    public int status() {
        return status;
    }

    /** Notes the status of the answer. */
    public void answered(int code) {
        status = code;
    }

    /** The same request about another target, by another user. */
    Call of(Caller other, Target otherTarget) {
        return new Call(head, otherTarget, other, impersonator);
    }
}
