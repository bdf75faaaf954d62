package io.gitopstoolkit.kustomize.internal.yaml;

/**
 * Reads the most common forms without making tokens of them: keys of letters and digits with a value on their line, maps
 * that begin with such a key, keys in double quotes within braces. Each method does nothing where the form is another, or
 * where a token waits; what it reads, the scanner would read to the same effect.
 */
final class Shortcuts {
    private final Scanner scanner;
    private final Cursor cursor;
    private final Tokens tokens;
    private final SimpleKeys keys;
    private int start;
    private int end;

    Shortcuts(Scanner scanner) {
        this.scanner = scanner;
        this.cursor = scanner.cursor;
        this.tokens = scanner.tokens;
        this.keys = scanner.keys;
    }

    /** Where the text begins that was read last. */
    int start() {
        return start;
    }

    /** Where it ends; -1 for bare text that spans lines. */
    int end() {
        return end;
    }

    /** The bare text that was read last, where it spans lines. */
    String composed() {
        return scanner.plain.composed();
    }

    /** Reads a key of the innermost block map, and the colon behind it. */
    boolean readKey() {
        return isAtKey() && cursor.column() == scanner.indent() && readWordAndColon();
    }

    /** Begins a block map that is indented more than what it belongs to, before its first key. */
    boolean beginMap() {
        if (!isAtKey() || cursor.column() <= scanner.indent() || wordBeforeColon() < 0) {
            return false;
        }
        scanner.indentTo(cursor.column());
        return true;
    }

    private boolean isAtKey() {
        if (tokens.waiting() > 0 || keys.inFlow()) {
            return false;
        }
        scanner.skipToToken();
        return keys.areAllowed() && Cursor.isLetter(cursor.current());
    }

    private boolean readWordAndColon() {
        int wordEnd = wordBeforeColon();
        if (wordEnd < 0) {
            return false;
        }
        keys.remove();
        keys.allow(false);
        start = cursor.at;
        end = wordEnd;
        cursor.at = wordEnd + 1;
        scanner.passed();
        return true;
    }

    /** The end of the word that begins here if a colon follows it, and a blank or break; else -1. */
    private int wordBeforeColon() {
        int wordEnd = cursor.wordEnd();
        boolean isKey = cursor.bytes[wordEnd] == ':'
                && (cursor.bytes[wordEnd + 1] == ' ' || cursor.bytes[wordEnd + 1] == '\n')
                && wordEnd - cursor.at <= SimpleKeys.MAX_LENGTH;
        return isKey ? wordEnd : -1;
    }

    /** Reads bare text that begins with a letter or digit one blank behind a key's colon. */
    boolean readValue() {
        if (cursor.current() != ' ' || !Cursor.isLetterOrDigit(cursor.ahead(1))) {
            return false;
        }
        start = ++cursor.at;
        scanner.readPlain();
        end = scanner.plain.end();
        return true;
    }

    /** Reads a key in double quotes, all of ASCII and without escapes, and the colon behind it, within braces. */
    boolean readQuotedKey() {
        if (tokens.waiting() > 0) {
            return false;
        }
        scanner.skipToToken();
        if (cursor.current() != '"') {
            return false;
        }
        byte[] bytes = cursor.bytes;
        int from = cursor.at + 1;
        int at = from;
        while (bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        if (bytes[at] != '"' || bytes[at + 1] != ':' || at - from > SimpleKeys.MAX_LENGTH - 2) {
            return false;
        }
        keys.remove();
        keys.allow(false);
        start = from;
        end = at;
        cursor.at = at + 2;
        scanner.passed();
        return true;
    }
}
