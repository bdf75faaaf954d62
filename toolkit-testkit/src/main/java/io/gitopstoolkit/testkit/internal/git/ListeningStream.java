package io.gitopstoolkit.testkit.internal.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a client says on a connection that lasts, and the moment at which it says a word. */
final class ListeningStream extends FilterInputStream {
    /** What is done when the word was heard. */
    interface Listener {
        void heard() throws IOException;
    }

    private final String word;
    private final Listener listener;
    private String tail = "";
    private boolean heard;

    /**
     * Listens.
     *
     * @param word what to listen for; empty for anything at all
     */
    ListeningStream(InputStream in, String word, Listener listener) {
        super(in);
        this.word = word;
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 255;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (!heard && count > 0) {
            tail += new String(bytes, offset, count, ISO_8859_1);
            heard = tail.contains(word);
            tail = tail.substring(Math.max(0, tail.length() - word.length()));
            if (heard) {
                listener.heard();
            }
        }
        return count;
    }
}
