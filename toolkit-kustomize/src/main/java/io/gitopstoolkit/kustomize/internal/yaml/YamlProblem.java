package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;

/** What is wrong with a document, before it is known which file it stands in. */
@SuppressWarnings("serial") // never leaves this package
final class YamlProblem extends RuntimeException {
    private static final int PIECE = 512;
    private static final int LOOK_AHEAD = 4;

    private final Reason why;
    private final String what;
    private final int at;

    /**
     * A violation of YAML's rules.
     *
     * @param at the byte of the document where it was found
     */
    YamlProblem(String what, int at) {
        this(Reason.INVALID_YAML, what, at);
    }

    YamlProblem(Reason why, String what, int at) {
        super(what, null, false, false);
        this.why = why;
        this.what = what;
        this.at = at;
    }

    /** The byte of the document where it was found. */
    int at() {
        return at;
    }

    /** Whether it stands behind another. */
    boolean isBehind(YamlProblem other) {
        return at > other.at;
    }

    /**
     * Whether Go's reader has come upon an illegal character by the time a document ended: it reads in pieces of 512 bytes.
     *
     * @param from the document's first byte
     * @param position of the scanner at the document's end
     */
    boolean isSeen(int from, int position) {
        return at - (at - from) % PIECE < position + LOOK_AHEAD;
    }

    /** The error with the file's name, the line and the column in it. */
    KustomizeException explain(String name, YamlText text) {
        byte[] bytes = text.bytes;
        int line = 1;
        int column = 1;
        for (int i = text.contentStart(0); i < Math.min(at, text.length); i++) {
            boolean lineEnd = bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
            line += lineEnd ? 1 : 0;
            column = lineEnd ? 1 : column + ((bytes[i] & 0xC0) == 0x80 ? 0 : 1);
        }
        return new KustomizeException(why, name + ":" + line + ":" + column + ": " + what);
    }
}
