package io.gitopstoolkit.testkit.internal.web;

import java.io.IOException;

/** What a server serves: an answer to each request. Safe between threads. */
public interface Site {
    /**
     * What a request asks for.
     *
     * @param name such as {@code GetObject}
     * @param path below the root of the server, decoded, whichever way it was addressed
     */
    record Operation(String name, String path) {}

    /** What the request asks for, before anything is done. */
    Operation operation(WebRequest request);

    /** Does what is asked. */
    WebAnswer answer(WebRequest request) throws IOException;

    /** A failure of that status in the form that clients of this site know. */
    WebAnswer failure(WebRequest request, int status);
}
