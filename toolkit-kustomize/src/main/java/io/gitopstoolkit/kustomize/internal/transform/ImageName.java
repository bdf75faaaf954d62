package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Expression;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image, which kustomize takes for a regular expression, with any tag and digest behind it. A name of
 * letters, digits and points, as nearly all are, is matched by hand.
 */
final class ImageName {
    private static final String DIGEST = "@sha256:";

    private final String name;
    private final boolean simple;
    private @Nullable Pattern pattern;

    ImageName(String name) {
        this.name = name;
        this.simple = name.indexOf('*') < 0 && Expression.isSimple(name);
    }

    /**
     * Whether an image has the name.
     *
     * @throws KustomizeException if the name is not a regular expression: kustomize looks at it no sooner
     */
    boolean matches(String image) {
        if (simple && isAscii(image)) {
            return startsWithName(image) && isTail(image);
        }
        return pattern().matcher(image).find();
    }

    /** A point in the name matches any character, of which a surrogate is half, but not a line break. */
    private static boolean isAscii(String image) {
        for (int i = 0; i < image.length(); i++) {
            char c = image.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private boolean startsWithName(String image) {
        if (image.length() < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char expected = name.charAt(i);
            if (expected != '.' && expected != image.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing stands behind the name but a tag, a digest, or both. */
    private boolean isTail(String image) {
        int at = name.length();
        if (at < image.length() && image.charAt(at) == ':') {
            at = skipWord(image, at + 1);
        }
        if (image.startsWith(DIGEST, at)) {
            at = skipWord(image, at + DIGEST.length());
        }
        return at == image.length();
    }

    private static int skipWord(String image, int from) {
        int at = from;
        while (at < image.length() && isWordPart(image.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_.{}-".indexOf(c) >= 0;
    }

    private Pattern pattern() {
        Pattern compiled = pattern;
        if (compiled == null) {
            try {
                compiled = Pattern.compile("^" + name + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$");
            } catch (PatternSyntaxException e) {
                throw new KustomizeException(
                        INVALID_KUSTOMIZATION,
                        "the image name '" + name + "' is not a regular expression: " + e.getMessage(),
                        e);
            }
            pattern = compiled;
        }
        return compiled;
    }
}
