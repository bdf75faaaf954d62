package io.gitopstoolkit.kustomize.internal.resource;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of Go that a text has to match as a whole. Most are names with points and {@code .*} in them, which
 * are matched by hand, in a fraction of the time; the others by RE2. Immutable.
 */
public final class Expression {
    private final String text;
    private final @Nullable Pattern pattern;

    private Expression(String text, @Nullable Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws PatternSyntaxException if it is not well formed
     */
    public static Expression of(String text) {
        return new Expression(text, isSimple(text) ? null : compile(text));
    }

    /** Whether it holds nothing but letters and digits of ASCII, {@code - _ / : @}, points, and stars behind points. */
    public static boolean isSimple(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean star = c == '*' && i > 0 && text.charAt(i - 1) == '.';
            if (!star && c != '.' && !isLiteral(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text matches, from its beginning to its end. */
    public boolean matches(String value) {
        if (pattern != null) {
            return pattern.matcher(value).find();
        }
        return isPlain(value)
                ? matchesSimple(value)
                : compile(text).matcher(value).find();
    }

    private static Pattern compile(String text) {
        return Pattern.compile("^(?:" + text + ")$");
    }

    private static boolean isLiteral(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_/:@".indexOf(c) >= 0;
    }

    /** A point matches a code point and no line break: texts where that is not any one character are for RE2. */
    static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Goes back to the last star, and lets it take one character more, where the rest does not fit. */
    private boolean matchesSimple(String value) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starIn = 0;
        while (in < value.length() || at < text.length()) {
            if (isStar(at)) {
                star = at;
                starIn = in;
                at += 2;
            } else if (at < text.length() && in < value.length() && fits(text.charAt(at), value.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0 && starIn < value.length()) {
                starIn++;
                in = starIn;
                at = star + 2;
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean isStar(int at) {
        return at + 1 < text.length() && text.charAt(at) == '.' && text.charAt(at + 1) == '*';
    }

    private static boolean fits(char expected, char c) {
        return expected == '.' || expected == c;
    }
}
