package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Text that nobody is to read in a log: a password, a token, an address with a token in it. It prints as {@code ***}.
 *
 * <p>It guards against accidents, not against code in the same process: the text lies in memory as it is.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A secret that holds {@code text}. */
    public static Secret of(String text) {
        return new Secret(requireNonNull(text, "text"));
    }

    /** The text itself, for the one place that sends or compares it. */
    public String reveal() {
        return text;
    }

    /** Whether both hold the same text, in a time that does not tell where they differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@code ***}, whatever the text. */
    @Override
    public String toString() {
        return "***";
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
