package io.gitopstoolkit.kustomize.internal.tree;

/**
 * What becomes of the text of a folded block ({@code >}) in kustomize, which prints and reads it once more on its way out:
 * where a line is followed by one that begins with a blank, a line break is added, and a text that begins with a blank
 * has its lines joined.
 */
final class FoldedText {
    private final String text;
    private final StringBuilder result = new StringBuilder();
    private final boolean addsBreaks;

    private FoldedText(String text, int start) {
        this.text = text;
        this.addsBreaks = !isBlank(text.charAt(start));
    }

    static String rewritten(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '\n') {
            start++;
        }
        if (start == text.length() || text.indexOf('\n', start) < 0 || !standsInBlock(text)) {
            return text;
        }
        return new FoldedText(text, start).rewrite(start);
    }

    private String rewrite(int start) {
        result.append(text, 0, start);
        int line = start;
        while (line < text.length()) {
            int end = text.indexOf('\n', line);
            if (end < 0) {
                return result.append(text, line, text.length()).toString();
            }
            int next = end;
            while (next < text.length() && text.charAt(next) == '\n') {
                next++;
            }
            result.append(text, line, end);
            boolean blank = isBlank(text.charAt(line));
            int printed = next - end + (addsBreaks && !blank ? 1 : 0);
            appendBreaks(printed, blank, next, next - end);
            line = next;
        }
        return result.toString();
    }

    private void appendBreaks(int printed, boolean afterBlank, int next, int original) {
        if (next == text.length()) {
            result.append("\n".repeat(original == 1 ? 1 : printed));
        } else if (afterBlank || isBlank(text.charAt(next))) {
            result.append("\n".repeat(printed));
        } else {
            result.append(printed == 1 ? " " : "\n".repeat(printed - 1));
        }
    }

    /** Blanks at a line's end and control characters put a text into quotes instead. */
    private static boolean standsInBlock(String text) {
        if (text.endsWith(" ") || text.contains(" \n")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c == '\n' || c == '\t' || (c >= ' ' && c <= '~') || (c >= 0xA0 && c < 0xFFFE);
            if (!plain || Character.isSurrogate(c) || c == 0xFEFF || c == 0x2028 || c == 0x2029) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
