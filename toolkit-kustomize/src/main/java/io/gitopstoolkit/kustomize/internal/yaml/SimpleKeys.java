package io.gitopstoolkit.kustomize.internal.yaml;

import java.util.Arrays;

/**
 * The places at which a key without a question mark may have begun, one for each level of flow collections: it turns out
 * to be a key when a colon follows on its line, within 1024 characters.
 */
final class SimpleKeys {
    /** How many characters may stand between the beginning of a key and its colon. */
    static final int MAX_LENGTH = 1024;

    private final Cursor cursor;
    private final Tokens tokens;

    private boolean[] possible = new boolean[8];
    private boolean[] required = new boolean[8];
    private int[] numbers = new int[8];
    private int[] starts = new int[8];
    private int[] indexes = new int[8];
    private int[] lines = new int[8];
    private int[] columns = new int[8];
    private int level;
    /** How far the line was searched for the end of a flow collection that is a key. */
    private int searchedTo;
    /** Where the last such end is, or -1. */
    private int closedKey = -1;

    private boolean holdsAll;
    /** Whether one may begin at the next token. */
    private boolean allowed = true;

    SimpleKeys(Cursor cursor, Tokens tokens) {
        this.cursor = cursor;
        this.tokens = tokens;
    }

    boolean areAllowed() {
        return allowed;
    }

    void allow(boolean allow) {
        allowed = allow;
    }

    /** Notes that one may begin here; it must, where the column is that of the block. */
    void save(int indent) {
        if (!allowed) {
            return;
        }
        remove();
        int column = cursor.column();
        possible[level] = true;
        required[level] = level == 0 && indent == column;
        numbers[level] = tokens.nextNumber();
        starts[level] = cursor.at;
        indexes[level] = cursor.index();
        lines[level] = cursor.line;
        columns[level] = column;
        tokens.setKeyLevel(numbers[level], level + 1);
    }

    /** From now on holds all of them until it is known that they are none. */
    void holdAll() {
        holdsAll = true;
    }

    /**
     * Forgets the one that was just saved before a flow collection, if no bracket or brace near it is followed by a colon:
     * the collection cannot be a key then, and the parser need not wait for its end.
     */
    void forgetUnlessClosed() {
        if (allowed
                && !holdsAll
                && tokens.waiting() == 0
                && !required[level]
                && findClosedKey() > cursor.at + MAX_LENGTH) {
            forget();
        }
    }

    /** The next bracket or brace with a colon behind it on the line of the cursor; beyond reach where there is none. */
    private int findClosedKey() {
        if (closedKey >= cursor.at) {
            return closedKey;
        }
        byte[] bytes = cursor.bytes;
        int at = Math.max(searchedTo, cursor.at);
        // A character may take four bytes.
        int limit = cursor.at + 4 * MAX_LENGTH;
        while (at < limit) {
            byte c = bytes[at];
            if (c == '\n' || c == '\r' || at >= cursor.end) {
                break;
            }
            at++;
            if ((c == ']' || c == '}') && isColonAhead(at)) {
                closedKey = at - 1;
                searchedTo = at;
                return closedKey;
            }
        }
        searchedTo = at;
        return Integer.MAX_VALUE;
    }

    private boolean isColonAhead(int from) {
        int at = from;
        while (cursor.bytes[at] == ' ' || cursor.bytes[at] == '\t') {
            at++;
        }
        return cursor.bytes[at] == ':';
    }

    /** Forgets the one of this level. */
    void remove() {
        if (possible[level]) {
            checkNotRequired(level);
            forget();
        }
    }

    /** Forgets the one of this level, which was found to be a key or of no use. */
    void forget() {
        possible[level] = false;
        tokens.setKeyLevel(numbers[level], Tokens.NO_KEY);
    }

    /** Whether the next token for the parser may turn out to begin a key. */
    boolean holdTheNext() {
        int keyLevel = tokens.keyLevel();
        return keyLevel != Tokens.NO_KEY && isValid(keyLevel - 1);
    }

    /** Whether there is one on this level. */
    boolean isPossible() {
        return isValid(level);
    }

    private boolean isValid(int at) {
        if (!possible[at]) {
            return false;
        }
        if (lines[at] < cursor.line || indexes[at] + MAX_LENGTH < cursor.index()) {
            checkNotRequired(at);
            possible[at] = false;
            return false;
        }
        return true;
    }

    private void checkNotRequired(int at) {
        if (required[at]) {
            throw new YamlProblem("a key without a colon behind it", starts[at]);
        }
    }

    /** The number of the token that the one of this level begins with. */
    int number() {
        return numbers[level];
    }

    int start() {
        return starts[level];
    }

    int column() {
        return columns[level];
    }

    /** Whether a flow collection is open. */
    boolean inFlow() {
        return level > 0;
    }

    void enterFlow() {
        if (++level == possible.length) {
            int capacity = level * 2;
            possible = Arrays.copyOf(possible, capacity);
            required = Arrays.copyOf(required, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
            starts = Arrays.copyOf(starts, capacity);
            indexes = Arrays.copyOf(indexes, capacity);
            lines = Arrays.copyOf(lines, capacity);
            columns = Arrays.copyOf(columns, capacity);
        }
        possible[level] = false;
    }

    void leaveFlow() {
        if (level > 0) {
            if (possible[level]) {
                forget();
            }
            level--;
        }
    }
}
