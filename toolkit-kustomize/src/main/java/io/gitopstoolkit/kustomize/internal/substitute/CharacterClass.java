package io.gitopstoolkit.kustomize.internal.substitute;

/** The ranges between brackets in a pattern, held against one character. */
final class CharacterClass {
    private final String pattern;
    private int position;
    private boolean valid = true;
    private boolean matches;

    /** Reads the ranges from a position on, behind the bracket. */
    CharacterClass(String pattern, int position, int character) {
        this.pattern = pattern;
        this.position = position;
        read(character);
    }

    boolean isValid() {
        return valid;
    }

    boolean matches() {
        return matches;
    }

    /** The position behind the closing bracket. */
    int end() {
        return position;
    }

    private void read(int character) {
        boolean negated = at('^');
        position += negated ? 1 : 0;
        boolean found = false;
        for (int ranges = 0; ranges == 0 || !at(']'); ranges++) {
            int low = bound();
            int high = low;
            if (valid && at('-')) {
                position++;
                high = bound();
            }
            if (!valid) {
                return;
            }
            found |= low <= character && character <= high;
        }
        position++;
        matches = found != negated;
    }

    private boolean at(char c) {
        return position < pattern.length() && pattern.charAt(position) == c;
    }

    /** A character of a range; there must be something behind it. */
    private int bound() {
        boolean none = position >= pattern.length() || at('-') || at(']');
        position += !none && at('\\') ? 1 : 0;
        if (none || position >= pattern.length()) {
            valid = false;
            return 0;
        }
        int bound = ByteText.characterAt(pattern, position);
        int width = ByteText.width(pattern, position);
        position += width;
        valid = position < pattern.length() && !(bound == 0xFFFD && width == 1);
        return bound;
    }
}
