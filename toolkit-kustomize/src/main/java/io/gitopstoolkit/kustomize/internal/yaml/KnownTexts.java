package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that were read before, with what they mean without quotes. Manifests say the same few hundred words again and
 * again: found here, a word costs neither a string of its own nor the question what it means.
 *
 * <p>A table that forgets: each text has one place, where a later one replaces it. Safe for use by several threads, which
 * at worst miss what another put there, for scalars are immutable.
 */
@SuppressWarnings("ReferenceEquality") // the merge key is one scalar
final class KnownTexts {
    private static final int PLACES = 1024;
    private static final int LONGEST = 40;

    private final @Nullable ScalarNode[] places = new ScalarNode[PLACES];
    private final ScalarFactory scalars;

    KnownTexts(Dialect dialect) {
        scalars = new ScalarFactory(dialect);
    }

    ScalarFactory scalars() {
        return scalars;
    }

    /** The text of some bytes. */
    String text(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return decode(bytes, from, to);
        }
        int place = place(bytes, from, to);
        ScalarNode known = places[place];
        if (known != null && isText(known.text(), bytes, from, to)) {
            return known.text();
        }
        return decode(bytes, from, to);
    }

    /** What some bytes mean without quotes: a scalar of its own, so that one that a patch writes is not the one there. */
    ScalarNode plain(byte[] bytes, int from, int to) {
        ScalarNode known = key(bytes, from, to);
        return known == ScalarFactory.MERGE_KEY ? known : known.twin();
    }

    /** What some bytes mean without quotes, for use as a key: a scalar that many may have. */
    ScalarNode key(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return scalars.plain(decode(bytes, from, to), from);
        }
        int place = place(bytes, from, to);
        ScalarNode known = places[place];
        if (known == null || !isText(known.text(), bytes, from, to)) {
            known = scalars.plain(decode(bytes, from, to), from);
            places[place] = known;
        }
        return known;
    }

    private static int place(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (PLACES - 1);
    }

    /** Whether a text is these bytes, all of ASCII. */
    private static boolean isText(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static String decode(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
