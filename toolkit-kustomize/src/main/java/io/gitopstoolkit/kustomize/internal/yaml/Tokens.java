package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tokens that were scanned and not yet parsed, in columns instead of objects. */
final class Tokens {
    /** In place of a level: no simple key begins at the token. */
    static final int NO_KEY = 0;

    private static final String NONE = "";

    private TokenType[] types = new TokenType[16];
    private int[] starts = new int[16];
    private int[] froms = new int[16];
    private int[] tos = new int[16];
    private String[] texts = new String[16];
    private String[] extras = new String[16];
    private ScalarStyle[] styles = new ScalarStyle[16];
    private int[] keyLevels = new int[16];
    private int head;
    private int tail;
    private int parsed;

    /** How many wait. */
    int waiting() {
        return tail - head;
    }

    /** How many tokens were taken since the beginning. */
    int parsed() {
        return parsed;
    }

    /** The number of the next token to be added, counted from the beginning. */
    int nextNumber() {
        return parsed + tail - head;
    }

    void take() {
        keyLevels[head] = NO_KEY;
        parsed++;
        if (++head == tail) {
            head = 0;
            tail = 0;
        }
    }

    TokenType type() {
        return types[head];
    }

    /** The type of the token that was added last. */
    TokenType lastType() {
        return types[tail - 1];
    }

    /** The first byte of the token. */
    int start() {
        return starts[head];
    }

    /** Where the text of a scalar begins that stands in the document as it is. */
    int from() {
        return froms[head];
    }

    /** Where that text ends; -1 for a scalar whose text had to be composed. */
    int to() {
        return tos[head];
    }

    /** The composed text of a scalar; the name of an anchor; the handle of a tag. */
    String text() {
        return texts[head];
    }

    /** The suffix of a tag. */
    String extra() {
        return extras[head];
    }

    ScalarStyle style() {
        return styles[head];
    }

    /** The level of the simple key that may begin at the next token to be parsed. */
    int keyLevel() {
        return keyLevels[head];
    }

    /** Notes that a simple key may begin at a token, or that none does. */
    void setKeyLevel(int number, int level) {
        int slot = number - parsed + head;
        if (slot >= keyLevels.length) {
            makeRoom();
            slot = number - parsed + head;
        }
        keyLevels[slot] = level;
    }

    void add(TokenType type, int start) {
        add(type, start, NONE, NONE);
    }

    void add(TokenType type, int start, String text, String extra) {
        makeRoom();
        types[tail] = type;
        starts[tail] = start;
        texts[tail] = text;
        extras[tail] = extra;
        tail++;
    }

    void addScalar(int start, @Nullable String text, int from, int to, ScalarStyle style) {
        makeRoom();
        types[tail] = TokenType.SCALAR;
        starts[tail] = start;
        texts[tail] = text == null ? NONE : text;
        froms[tail] = from;
        tos[tail] = to;
        styles[tail] = style;
        tail++;
    }

    /** Adds a token before the one of a number. */
    void insert(TokenType type, int start, int number) {
        makeRoom();
        int slot = number - parsed + head;
        for (int i = tail; i > slot; i--) {
            types[i] = types[i - 1];
            starts[i] = starts[i - 1];
            froms[i] = froms[i - 1];
            tos[i] = tos[i - 1];
            texts[i] = texts[i - 1];
            extras[i] = extras[i - 1];
            styles[i] = styles[i - 1];
        }
        types[slot] = type;
        starts[slot] = start;
        tail++;
    }

    /** Room for one more token, and for a mark on the one after it. */
    private void makeRoom() {
        if (tail + 1 < types.length) {
            return;
        }
        if (head > 0) {
            moveToFront();
            return;
        }
        int capacity = types.length * 2;
        types = Arrays.copyOf(types, capacity);
        starts = Arrays.copyOf(starts, capacity);
        froms = Arrays.copyOf(froms, capacity);
        tos = Arrays.copyOf(tos, capacity);
        texts = Arrays.copyOf(texts, capacity);
        extras = Arrays.copyOf(extras, capacity);
        styles = Arrays.copyOf(styles, capacity);
        keyLevels = Arrays.copyOf(keyLevels, capacity);
    }

    private void moveToFront() {
        int count = tail - head;
        System.arraycopy(types, head, types, 0, count);
        System.arraycopy(starts, head, starts, 0, count);
        System.arraycopy(froms, head, froms, 0, count);
        System.arraycopy(tos, head, tos, 0, count);
        System.arraycopy(texts, head, texts, 0, count);
        System.arraycopy(extras, head, extras, 0, count);
        System.arraycopy(styles, head, styles, 0, count);
        System.arraycopy(keyLevels, head, keyLevels, 0, count + 1);
        Arrays.fill(keyLevels, count + 1, tail + 1, NO_KEY);
        head = 0;
        tail = count;
    }
}
