package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.MapNode;

/**
 * The order in which kustomize writes the keys of a map: letters after everything else, and runs of digits by their
 * value.
 */
final class KeyOrder {
    private KeyOrder() {}

    /** The positions of a map's keys in the order of writing. */
    static int[] sortedPositions(MapNode map) {
        var positions = new int[map.size()];
        boolean sorted = true;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
            sorted = sorted && (i == 0 || !isLess(map.keyAt(i), map.keyAt(i - 1)));
        }
        if (!sorted) {
            sort(map, positions, new int[positions.length], 0, positions.length);
        }
        return positions;
    }

    /** A merge sort of our own: the order is not transitive for odd keys, which the JDK's answers with an exception. */
    private static void sort(MapNode map, int[] positions, int[] scratch, int from, int to) {
        if (to - from < 12) {
            insertionSort(map, positions, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(map, positions, scratch, from, middle);
        sort(map, positions, scratch, middle, to);
        System.arraycopy(positions, from, scratch, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight =
                    left >= middle || (right < to && isLess(map.keyAt(scratch[right]), map.keyAt(scratch[left])));
            positions[i] = takeRight ? scratch[right++] : scratch[left++];
        }
    }

    private static void insertionSort(MapNode map, int[] positions, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int moving = positions[i];
            int at = i;
            while (at > from && isLess(map.keyAt(moving), map.keyAt(positions[at - 1]))) {
                positions[at] = positions[at - 1];
                at--;
            }
            positions[at] = moving;
        }
    }

    static boolean isLess(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int at = 0;
        while (at < length && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        if (at == length) {
            return a.length() < b.length();
        }
        if (at > 0 && Character.isHighSurrogate(a.charAt(at - 1))) {
            at--;
        }
        return isLessAt(a, b, at);
    }

    private static boolean isLessAt(String a, String b, int at) {
        int left = a.codePointAt(at);
        int right = b.codePointAt(at);
        boolean leftLetter = Character.isLetter(left);
        boolean rightLetter = Character.isLetter(right);
        if (leftLetter && rightLetter) {
            return left < right;
        }
        if (leftLetter || rightLetter) {
            return rightLetter;
        }
        long start = (left == '0' || right == '0') && followsNumber(a, at) ? 1 : 0;
        int leftEnd = digitsEnd(a, at);
        int rightEnd = digitsEnd(b, at);
        long leftNumber = number(a, at, leftEnd, start);
        long rightNumber = number(b, at, rightEnd, start);
        if (leftNumber != rightNumber) {
            return leftNumber < rightNumber;
        }
        return leftEnd != rightEnd ? leftEnd < rightEnd : left < right;
    }

    /** Whether the digits before a position hold another than zero, so that a zero there counts. */
    private static boolean followsNumber(String text, int at) {
        for (int i = at - 1; i >= 0 && Character.isDigit(text.charAt(i)); i--) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static long number(String text, int from, int end, long start) {
        long number = start;
        for (int i = from; i < end; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
