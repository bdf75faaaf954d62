package io.gitopstoolkit.kustomize.internal.substitute;

/**
 * A pattern of {@code *}, {@code ?}, {@code [a-z]} and {@code \} as Flux matches it: a star takes the shortest text that
 * lets the piece behind it match, and is not tried with more.
 */
final class Glob {
    private static final int NO_MATCH = -1;
    private static final int INVALID = -2;

    /** More comparisons than any value that is meant well needs. */
    private static final int MAX_STEPS = 100_000_000;

    private final String pattern;
    private final String text;
    private int end;
    private int steps;

    Glob(String pattern, String text) {
        this.pattern = pattern;
        this.text = text;
    }

    /** The end of the shortest or longest start of the text that the pattern matches, if any is not empty; otherwise 0. */
    int matchedPrefix(boolean longest) {
        int matched = 0;
        for (end = text.length(); end > 0; end--) {
            int result = match();
            if (result == INVALID) {
                return 0;
            }
            if (result != NO_MATCH) {
                matched = end;
                if (longest) {
                    return end;
                }
            }
        }
        return matched;
    }

    /** Zero or more where the pattern matches all of the text up to the end. */
    private int match() {
        int position = 0;
        int at = 0;
        while (at < pattern.length()) {
            int chunkStart = at;
            while (chunkStart < pattern.length() && pattern.charAt(chunkStart) == '*') {
                chunkStart++;
            }
            boolean star = chunkStart > at;
            at = chunkEnd(chunkStart);
            if (star && chunkStart == at) {
                return 0;
            }
            position = next(pattern.substring(chunkStart, at), position, star, at == pattern.length());
            if (position < 0) {
                return position;
            }
        }
        return position == end ? 0 : NO_MATCH;
    }

    /** Where the text goes on behind a piece of the pattern. */
    private int next(String chunk, int from, boolean star, boolean last) {
        for (int start = from; start == from || (star && start <= end); start++) {
            int found = matchChunk(chunk, start);
            if (found == INVALID || (found >= 0 && (!last || found == end))) {
                return found;
            }
        }
        return NO_MATCH;
    }

    private int chunkEnd(int start) {
        boolean inRange = false;
        int i = start;
        for (; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i += i + 1 < pattern.length() ? 1 : 0;
            } else if (c == '[') {
                inRange = true;
            } else if (c == ']') {
                inRange = false;
            } else if (c == '*' && !inRange) {
                break;
            }
        }
        return i;
    }

    /** Where in the text a piece without stars ends that begins at {@code from}. */
    private int matchChunk(String chunk, int from) {
        int at = from;
        int i = 0;
        while (i < chunk.length()) {
            if (++steps > MAX_STEPS) {
                throw new SubstitutionProblem("a pattern takes too long to match");
            }
            if (at == end) {
                return NO_MATCH;
            }
            switch (chunk.charAt(i)) {
                case '[' -> {
                    var range = new CharacterClass(chunk, i + 1, ByteText.characterAt(text, at, end));
                    if (!range.isValid()) {
                        return INVALID;
                    }
                    if (!range.matches()) {
                        return NO_MATCH;
                    }
                    i = range.end();
                    at += ByteText.width(text, at, end);
                }
                case '?' -> {
                    i++;
                    at += ByteText.width(text, at, end);
                }
                default -> {
                    i += chunk.charAt(i) == '\\' ? 1 : 0;
                    if (i == chunk.length()) {
                        return INVALID;
                    }
                    if (chunk.charAt(i++) != text.charAt(at++)) {
                        return NO_MATCH;
                    }
                }
            }
        }
        return at;
    }
}
