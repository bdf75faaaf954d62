package io.gitopstoolkit.kustomize.internal.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a file apart at its {@code ---} lines before any of it is parsed, as kustomize does. */
final class DocumentSplitter {
    private DocumentSplitter() {}

    /**
     * One document and where it stands.
     *
     * @param text of the document
     * @param line of the file on which it begins, from 1
     * @param badSeparator the line of a separator with something behind it, or 0; the text is empty then
     */
    record Part(String text, int line, int badSeparator) {}

    /** The documents of a text with Unix line ends. */
    static List<Part> split(String text) {
        var parts = new ArrayList<Part>();
        int start = 0;
        int line = 1;
        int separator = text.indexOf("\n---");
        while (separator >= 0) {
            int end = text.indexOf('\n', separator + 1);
            if (end < 0) {
                break;
            }
            int separatorLine = line + countLines(text, start, separator) + 1;
            if (!isBlankOrComment(text, separator + 4, end)) {
                return List.of(new Part("", separatorLine, separatorLine));
            }
            parts.add(new Part(text.substring(start, separator + 1), line, 0));
            start = end + 1;
            line = separatorLine + 1;
            // The separator took its line's end with it: a separator on the very next line is part of the document.
            separator = text.indexOf("\n---", start);
        }
        parts.add(new Part(start == 0 ? text : text.substring(start), line, 0));
        return parts;
    }

    /** The text with Unix line ends and without a byte order mark. */
    static String normalize(String text) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return body.indexOf('\r') < 0 ? body : body.replace("\r\n", "\n");
    }

    /** The first line of a separator with something behind it, or null. */
    static @Nullable Part badSeparator(List<Part> parts) {
        return parts.size() == 1 && parts.get(0).badSeparator() > 0 ? parts.get(0) : null;
    }

    private static int countLines(String text, int from, int to) {
        int lines = 0;
        for (int i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) {
            lines++;
        }
        return lines;
    }

    private static boolean isBlankOrComment(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '#') {
                return true;
            }
            if (c != ' ' && c != '\t' && c != '\r') {
                return false;
            }
        }
        return true;
    }
}
