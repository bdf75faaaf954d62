package io.gitopstoolkit.kustomize.internal.yaml;

/**
 * Takes a file apart at its {@code ---} lines before any of it is parsed, as kustomize does. The line break behind a
 * separator belongs to it, so that a separator on the very next line is part of the document.
 */
final class DocumentSplitter {
    private final byte[] bytes;
    private final int length;
    private int start;
    private int end;
    private int next;

    DocumentSplitter(YamlText text) {
        this.bytes = text.bytes;
        this.length = text.length;
    }

    /** Goes on to the next document; false behind the last one. */
    boolean advance() {
        if (next > length) {
            return false;
        }
        start = next;
        int separator = findSeparator(start);
        if (separator < 0) {
            end = length;
            next = length + 1;
        } else {
            end = separator;
            next = lineEnd(separator) + 1;
            checkSeparator(separator + 3, next - 1);
            // To the scanner the document ends here.
            bytes[separator] = 0;
            bytes[separator + 1] = 0;
            bytes[separator + 2] = 0;
        }
        return true;
    }

    /** The first byte of the document. */
    int start() {
        return start;
    }

    /** The byte behind the document. */
    int end() {
        return end;
    }

    private int findSeparator(int from) {
        for (int i = from; i < length; i++) {
            if (bytes[i] == '\n'
                    && bytes[i + 1] == '-'
                    && bytes[i + 2] == '-'
                    && bytes[i + 3] == '-'
                    && lineEnd(i + 1) < length) {
                return i + 1;
            }
        }
        return -1;
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private void checkSeparator(int from, int to) {
        for (int i = from; i < to && bytes[i] != '#'; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                throw new YamlProblem("a --- line may hold a comment behind the dashes and nothing else", i);
            }
        }
    }
}
