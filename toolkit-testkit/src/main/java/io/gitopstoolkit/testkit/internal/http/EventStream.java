package io.gitopstoolkit.testkit.internal.http;

import java.io.IOException;

/** An answer that grows. One thread sends, another may wait for the client to go away. */
public interface EventStream {
    /** Sends one text. */
    void send(String text) throws IOException;

    /** Ends the answer in order. */
    void end() throws IOException;

    /** Ends the connection. */
    void close() throws IOException;

    /** Blocks until the client ends the connection or the server is closed. */
    void awaitClientClose() throws IOException;
}
