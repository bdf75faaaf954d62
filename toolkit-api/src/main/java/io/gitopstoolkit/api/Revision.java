package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which state of a source something was made from, written as Flux writes it: {@code main@sha1:5394cb7f...},
 * {@code 6.5.0@sha1:...}, {@code latest@sha256:...}, or a digest alone, {@code sha256:...}.
 *
 * @param name the reference that was followed, such as a branch, a tag or a full ref; may hold {@code @} and
 *     {@code /}; empty where the digest stands alone
 * @param digest what the reference stood for, such as a commit; null where only the name is known
 * @see <a href="https://github.com/fluxcd/flux2/tree/main/rfcs/0005-artifact-revision-and-digest">Flux RFC 5</a>
 */
public record Revision(String name, @Nullable Digest digest) {
    private static final Pattern LEGACY_HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /**
     * Checks that there is a name or a digest.
     *
     * @throws IllegalArgumentException if there is neither, or the name holds a control character or blank
     */
    public Revision {
        requireNonNull(name, "name");
        if (name.isEmpty() && digest == null) {
            throw new IllegalArgumentException("a revision needs a name or a digest");
        }
        if (name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("the name of a revision holds no blanks: '" + name + "'");
        }
    }

    /** A revision that is a digest alone. */
    public static Revision of(Digest digest) {
        return new Revision("", requireNonNull(digest, "digest"));
    }

    /**
     * Parses what {@link #toString} writes. The last {@code @} that a digest follows ends the name; without one, a
     * text that is a digest is that, and any other is a name. Flux's older forms {@code main/<hash>},
     * {@code HEAD/<hash>} and {@code <hash>} are read too, as SHA-1 or, by their length, SHA-256; the last two have no
     * name.
     *
     * @throws IllegalArgumentException if {@code text} is empty, or holds a blank
     */
    public static Revision parse(String text) {
        requireNonNull(text, "text");
        int at = text.lastIndexOf('@');
        Digest digest = digestOrNull(text.substring(at + 1));
        if (digest != null) {
            return new Revision(at < 0 ? "" : text.substring(0, at), digest);
        }
        int slash = text.lastIndexOf('/');
        String hash = text.substring(slash + 1);
        if (text.indexOf(':') < 0 && LEGACY_HASH.matcher(hash).matches()) {
            String name = slash < 0 ? "" : text.substring(0, slash);
            return new Revision(
                    name.equals("HEAD") ? "" : name, new Digest(hash.length() == 40 ? "sha1" : "sha256", hash));
        }
        return new Revision(text, null);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        if (digest == null) {
            return name;
        }
        return name.isEmpty() ? digest.toString() : name + '@' + digest;
    }

    private static @Nullable Digest digestOrNull(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
