package io.gitopstoolkit.kustomize.internal.yaml;

/**
 * What a string's characters allow: bare, in single quotes, as a block. The rules are those of libyaml's emitter, which
 * kustomize writes with.
 */
final class ScalarAnalysis {
    private static final int LEADING_SPACE = 1;
    private static final int TRAILING_SPACE = 2;
    private static final int EDGE_BREAK = 4;
    private static final int BREAK_SPACE = 8;
    private static final int SPACE_BREAK = 16;
    private static final int SPECIAL = 32;
    private static final int BREAK = 64;
    private static final int INDICATOR = 128;

    private static final int NO_BLOCK = TRAILING_SPACE | SPACE_BREAK | SPECIAL;
    private static final int NO_SINGLE_QUOTES = BREAK_SPACE | SPACE_BREAK | SPECIAL;

    private ScalarAnalysis() {}

    /** The marks of a string, to be asked by the methods below; 0 for one that can stand bare. */
    static int of(String text) {
        int marks = startsLikeDocument(text) ? INDICATOR : 0;
        int length = text.length();
        boolean afterSpace = false;
        boolean afterBreak = false;
        boolean afterBlank = true;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (isPlainLetter(c)) {
                afterSpace = false;
                afterBreak = false;
                afterBlank = false;
                continue;
            }
            marks |= indicator(text, i, c, afterBlank);
            if (c == ' ') {
                marks |= spaceMarks(i, length, afterBreak);
            } else if (isBreak(c)) {
                marks |= breakMarks(i, length, afterSpace);
            }
            if (!isPrintable(c)) {
                marks |= SPECIAL;
            }
            afterSpace = c == ' ';
            afterBreak = isBreak(c);
            afterBlank = afterSpace || afterBreak || c == '\t' || c == 0;
        }
        return marks;
    }

    static boolean allowsPlain(int marks) {
        return marks == 0;
    }

    static boolean allowsSingleQuotes(int marks) {
        return (marks & NO_SINGLE_QUOTES) == 0;
    }

    static boolean allowsBlock(int marks) {
        return (marks & NO_BLOCK) == 0;
    }

    static boolean isMultiline(int marks) {
        return (marks & BREAK) != 0;
    }

    /** The characters that break a line in libyaml's eyes. */
    static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Characters above U+FFFF do not count as printable, so their halves do not either. */
    static boolean isPrintable(char c) {
        if (c <= 0x7E) {
            return c >= ' ' || c == '\n';
        }
        return c >= 0xA0 && !Character.isSurrogate(c) && c != 0xFEFF && c < 0xFFFE;
    }

    private static boolean isPlainLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '.' && c <= '9') || (c >= 'A' && c <= 'Z');
    }

    private static boolean startsLikeDocument(String text) {
        return text.startsWith("---") || text.startsWith("...");
    }

    private static int spaceMarks(int at, int length, boolean afterBreak) {
        int marks = afterBreak ? BREAK_SPACE : 0;
        if (at == 0) {
            marks |= LEADING_SPACE;
        }
        return at == length - 1 ? marks | TRAILING_SPACE : marks;
    }

    private static int breakMarks(int at, int length, boolean afterSpace) {
        int marks = afterSpace ? BREAK | SPACE_BREAK : BREAK;
        return at == 0 || at == length - 1 ? marks | EDGE_BREAK : marks;
    }

    private static int indicator(String text, int at, char c, boolean afterBlank) {
        return switch (c) {
            case ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' -> at == 0 ? INDICATOR : 0;
            case '#' -> afterBlank ? INDICATOR : 0;
            case ':' -> isBlankOrEnd(text, at + 1) ? INDICATOR : 0;
            case '?', '-' -> at == 0 && isBlankOrEnd(text, 1) ? INDICATOR : 0;
            default -> 0;
        };
    }

    private static boolean isBlankOrEnd(String text, int at) {
        return at >= text.length() || text.charAt(at) == ' ' || text.charAt(at) == '\t';
    }
}
