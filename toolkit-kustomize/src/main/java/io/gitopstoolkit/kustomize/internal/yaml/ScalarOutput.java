package io.gitopstoolkit.kustomize.internal.yaml;

/** Writes a string in one of the styles of YAML; an indent of {@link TextOutput#NO_FOLD} keeps it on its line. */
final class ScalarOutput {
    /** A blank beyond this column becomes a line break. */
    private static final int WIDTH = 80;

    private static final String HEX = "0123456789ABCDEF";

    private ScalarOutput() {}

    static void plain(TextOutput out, String text, int indent) {
        out.space();
        if (out.column() + text.length() <= WIDTH || text.indexOf(' ') < 0) {
            out.raw(text);
        } else {
            folded(out, text, indent);
        }
        out.inText();
    }

    private static void folded(TextOutput out, String text, int indent) {
        int from = 0;
        for (int i = text.indexOf(' '); i >= 0; i = text.indexOf(' ', i + 1)) {
            boolean single = text.charAt(i - 1) != ' ' && text.charAt(i + 1) != ' ';
            if (single && out.column() + i - from > WIDTH) {
                out.put(text, from, i);
                out.inBlock();
                out.indent(indent);
                from = i + 1;
            }
        }
        out.put(text, from, text.length());
    }

    static void singleQuoted(TextOutput out, String text, int indent) {
        out.indicator("'", true, false);
        boolean spaces = false;
        boolean breaks = false;
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                boolean foldable = indent != TextOutput.NO_FOLD && !spaces && i > 0 && i < last;
                if (foldable && out.column() > WIDTH && text.charAt(i + 1) != ' ') {
                    out.indent(indent);
                } else {
                    out.put(c);
                }
                spaces = true;
                continue;
            }
            if (ScalarAnalysis.isBreak(c)) {
                out.breakWith(c);
                breaks = true;
                continue;
            }
            if (breaks) {
                out.indent(indent);
            }
            if (c == '\'') {
                out.put(c);
            }
            out.put(c);
            out.inBlock();
            spaces = false;
            breaks = false;
        }
        out.indicator("'", false, false);
        out.inText();
    }

    static void doubleQuoted(TextOutput out, String text, int indent) {
        out.indicator("\"", true, false);
        // libyaml looks for the byte order mark at the start of the text and then escapes all of it.
        boolean escapeAll = text.startsWith("\uFEFF");
        boolean spaces = false;
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (escapeAll || c == '"' || c == '\\' || !ScalarAnalysis.isPrintable(c) || ScalarAnalysis.isBreak(c)) {
                int codePoint = text.codePointAt(i);
                escape(out, Character.isSupplementaryCodePoint(codePoint) ? codePoint : replaceLone(c));
                i += Character.charCount(codePoint) - 1;
                spaces = false;
            } else if (c == ' ') {
                boolean foldable = indent != TextOutput.NO_FOLD && !spaces && i > 0 && i < last;
                if (foldable && out.column() > WIDTH) {
                    out.indent(indent);
                    if (text.charAt(i + 1) == ' ') {
                        out.put('\\');
                    }
                } else {
                    out.put(c);
                }
                spaces = true;
            } else {
                out.put(c);
                spaces = false;
            }
        }
        out.indicator("\"", false, false);
        out.inText();
    }

    /** Half of a pair alone is no character. */
    private static char replaceLone(char c) {
        return Character.isSurrogate(c) ? '\uFFFD' : c;
    }

    private static void escape(TextOutput out, int codePoint) {
        checkAllowed(codePoint);
        out.put('\\');
        switch (codePoint) {
            case 0x00 -> out.put('0');
            case 0x07 -> out.put('a');
            case 0x08 -> out.put('b');
            case 0x09 -> out.put('t');
            case 0x0A -> out.put('n');
            case 0x0B -> out.put('v');
            case 0x0C -> out.put('f');
            case 0x0D -> out.put('r');
            case 0x1B -> out.put('e');
            case 0x22 -> out.put('"');
            case 0x5C -> out.put('\\');
            case 0x85 -> out.put('N');
            case 0xA0 -> out.put('_');
            case 0x2028 -> out.put('L');
            case 0x2029 -> out.put('P');
            default -> hex(out, codePoint);
        }
    }

    /** Kustomize takes its own output for no YAML where it holds one of these raw. */
    private static void checkAllowed(int codePoint) {
        boolean control = codePoint >= 0x7F && codePoint < 0xA0 && codePoint != 0x85;
        if (control || codePoint == 0xFFFE || codePoint == 0xFFFF) {
            throw new UnfitScalarException("it holds the control character " + String.format("U+%04X", codePoint));
        }
    }

    private static void hex(TextOutput out, int codePoint) {
        int digits = codePoint <= 0xFF ? 2 : codePoint <= 0xFFFF ? 4 : 8;
        out.put(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.put(HEX.charAt((codePoint >> shift) & 0xF));
        }
    }

    static void literal(TextOutput out, String text, int indent) {
        out.indicator("|", true, false);
        char first = text.charAt(0);
        if (first == ' ' || ScalarAnalysis.isBreak(first)) {
            out.put('2');
        }
        int last = text.length() - 1;
        if (!ScalarAnalysis.isBreak(text.charAt(last))) {
            out.put('-');
        } else if (last == 0 || ScalarAnalysis.isBreak(text.charAt(last - 1))) {
            out.put('+');
        }
        out.startBlock();
        for (int i = 0; i <= last; ) {
            char c = text.charAt(i);
            if (ScalarAnalysis.isBreak(c)) {
                out.breakWith(c);
                i++;
                continue;
            }
            int end = lineEnd(text, i);
            out.indent(indent);
            out.put(text, i, end);
            out.inBlock();
            i = end;
        }
    }

    private static int lineEnd(String text, int from) {
        int at = from;
        while (at < text.length() && !ScalarAnalysis.isBreak(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
