package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of some content, written {@code sha256:e3b0c442...} as in the OCI image specification.
 *
 * <p>The algorithm says how the digest was made, not only with which function: {@code gitblob-sha1} is a Git blob id,
 * which covers a header as well. Equal digests mean equal content; digests of different algorithms say nothing of each
 * other.
 *
 * @param algorithm lower case, letters and digits in parts separated by one of {@code + . _ -}
 * @param hex the value in lower-case hexadecimal, at least 8 and an even number of digits; for {@code sha1},
 *     {@code sha256}, {@code sha384} and {@code sha512} exactly as many as the function yields
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI: digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
    private static final int MIN_HEX_LENGTH = 8;

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if a part has another form than the class describes
     */
    public Digest {
        if (!isAlgorithm(algorithm)) {
            throw new IllegalArgumentException("not a digest algorithm: '" + algorithm + "'");
        }
        if (!isHex(hex)) {
            throw new IllegalArgumentException("not a hexadecimal digest: '" + hex + "'");
        }
        int length = hexLength(algorithm);
        if (length > 0 && hex.length() != length) {
            throw new IllegalArgumentException(
                    "a " + algorithm + " digest has " + length + " hexadecimal digits, not " + hex.length());
        }
    }

    /**
     * Parses {@code algorithm:hex}. Hexadecimal digits in upper case are accepted and lowered.
     *
     * @throws IllegalArgumentException if {@code text} has another form
     */
    public static Digest parse(String text) {
        int colon = requireNonNull(text, "text").indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a digest, expected algorithm:hex: '" + text + "'");
        }
        return new Digest(text.substring(0, colon), lowerHex(text.substring(colon + 1)));
    }

    /** The SHA-256 digest of {@code bytes}. */
    public static Digest sha256(byte[] bytes) {
        return new Digest("sha256", HexFormat.of().formatHex(sha256().digest(requireNonNull(bytes, "bytes"))));
    }

    static Digest ofSha256(MessageDigest digest) {
        return new Digest("sha256", HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Orders by algorithm, then by value. */
    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return algorithm + ':' + hex;
    }

    /** By hand, as below: a tree makes one digest for each of its files, and a pattern takes longer than the rest. */
    private static boolean isAlgorithm(String text) {
        boolean expected = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean separator = "+._-".indexOf(c) >= 0;
            if (separator ? expected : !isDigit(c) && (c < 'a' || c > 'z')) {
                return false;
            }
            expected = separator;
        }
        return !expected;
    }

    private static boolean isHex(String text) {
        if (text.length() < MIN_HEX_LENGTH || text.length() % 2 != 0) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDigit(c) && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int hexLength(String algorithm) {
        return switch (algorithm) {
            case "sha1" -> 40;
            case "sha256" -> 64;
            case "sha384" -> 96;
            case "sha512" -> 128;
            default -> 0;
        };
    }

    /** Lowers A to F alone, so that no other character turns into a hexadecimal digit on the way. */
    private static String lowerHex(String text) {
        var lowered = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lowered.append(c >= 'A' && c <= 'F' ? (char) (c + ('a' - 'A')) : c);
        }
        return lowered.toString();
    }
}
