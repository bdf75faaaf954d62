package io.gitopstoolkit.apply.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What differs between two lists of lines, as a unified diff tells it. */
public final class LineDiff {
    /** More pairs of lines are not compared one by one: what is between the first and the last difference is replaced. */
    private static final long MOST_PAIRS = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** One line: {@code ' '} is in both, {@code '-'} only before, {@code '+'} only after. */
    private record Line(char sign, String text) {}

    /**
     * The hunks of a unified diff; nothing where the lists are equal.
     *
     * @param context how many equal lines to show around each difference, zero or more
     */
    public static List<String> unified(List<String> before, List<String> after, int context) {
        var diff = new LineDiff(before, after);
        diff.compare();
        return diff.hunks(context);
    }

    private void compare() {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            lines.add(new Line(' ', before.get(start++)));
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
        before.subList(before.size() - end, before.size()).forEach(line -> lines.add(new Line(' ', line)));
    }

    private void middle(List<String> left, List<String> right) {
        int[][] common = (long) left.size() * right.size() <= MOST_PAIRS ? common(left, right) : new int[0][];
        int i = 0;
        int j = 0;
        while (common.length > 0 && i < left.size() && j < right.size()) {
            if (left.get(i).equals(right.get(j))) {
                lines.add(new Line(' ', left.get(i++)));
                j++;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                lines.add(new Line('-', left.get(i++)));
            } else {
                lines.add(new Line('+', right.get(j++)));
            }
        }
        left.subList(i, left.size()).forEach(line -> lines.add(new Line('-', line)));
        right.subList(j, right.size()).forEach(line -> lines.add(new Line('+', line)));
    }

    /** How many lines the longest common sequence has, from each pair of places on. */
    private static int[][] common(List<String> left, List<String> right) {
        var common = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                common[i][j] = left.get(i).equals(right.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private List<String> hunks(int context) {
        var text = new ArrayList<String>();
        BitSet shown = shown(context);
        int lineBefore = 1;
        int lineAfter = 1;
        int at = 0;
        while (at < lines.size()) {
            int end = shown.get(at) ? shown.nextClearBit(at) : next(shown, at);
            List<Line> part = lines.subList(at, end);
            int left = count(part, '+');
            int right = count(part, '-');
            if (shown.get(at)) {
                text.add("@@ -" + range(lineBefore, left) + " +" + range(lineAfter, right) + " @@");
                part.forEach(line -> text.add(line.sign() + line.text()));
            }
            lineBefore += left;
            lineAfter += right;
            at = end;
        }
        return text;
    }

    private int next(BitSet shown, int at) {
        int next = shown.nextSetBit(at);
        return next < 0 ? lines.size() : next;
    }

    /** The lines that differ, and those around them. */
    private BitSet shown(int context) {
        var shown = new BitSet(lines.size());
        int end = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).sign() != ' ') {
                int from = Math.max(end, i - Math.min(i, context));
                end = (int) Math.min(lines.size(), (long) i + context + 1);
                shown.set(Math.min(from, end), end);
            }
        }
        return shown;
    }

    /** The lines that are on one side: all but those with the sign of the other. */
    private static int count(List<Line> hunk, char other) {
        return (int) hunk.stream().filter(line -> line.sign() != other).count();
    }

    private static String range(int line, int count) {
        return (count == 0 ? line - 1 : line) + (count == 1 ? "" : "," + count);
    }
}
