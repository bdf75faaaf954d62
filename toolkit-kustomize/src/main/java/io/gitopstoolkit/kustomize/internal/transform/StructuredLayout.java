package io.gitopstoolkit.kustomize.internal.transform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comments of a text, found by laying its lines beside those that its content is written in. Where these are others,
 * the text has something that is not kept, such as lists in brackets.
 */
final class StructuredLayout {
    private final List<Line> lines;
    private final List<String> foot;

    private StructuredLayout(List<Line> lines, List<String> foot) {
        this.lines = lines;
        this.foot = foot;
    }

    /**
     * A line of content.
     *
     * @param head the lines of comments before it
     * @param tail the comment behind it, with a blank before, or nothing
     */
    private record Line(List<String> head, String tail) {}

    /** The comments of a text whose content is written in this way; null where it has more than comments. */
    static @Nullable StructuredLayout of(String text, String written) {
        return read(text, written).layout;
    }

    /** How many lines of a text are the content that is written in this way, up to the first that is not. */
    static int accepted(String text, String written) {
        return read(text, written).accepted;
    }

    private record Reading(@Nullable StructuredLayout layout, int accepted) {}

    private static Reading read(String text, String written) {
        List<String> content = contentLines(written);
        var lines = new ArrayList<Line>(content.size());
        var head = new ArrayList<String>();
        boolean blank = false;
        for (String raw : text.split("\n", -1)) {
            String line = raw.strip();
            if (line.isEmpty()) {
                blank = true;
                continue;
            }
            String expected =
                    lines.size() < content.size() ? content.get(lines.size()).strip() : "";
            if (!expected.isEmpty() && isContent(line, expected)) {
                String rest = line.substring(expected.length()).strip();
                lines.add(new Line(List.copyOf(head), rest.isEmpty() ? "" : " " + rest));
                head.clear();
            } else if (line.startsWith("#")) {
                if (blank && lines.isEmpty() && !head.isEmpty()) {
                    head.add("");
                }
                head.add(line);
            } else {
                return new Reading(null, lines.size());
            }
            blank = false;
        }
        boolean whole = lines.size() == content.size();
        return new Reading(whole ? new StructuredLayout(lines, List.copyOf(head)) : null, lines.size());
    }

    private static boolean isContent(String line, String expected) {
        if (!line.startsWith(expected)) {
            return false;
        }
        String rest = line.substring(expected.length());
        return rest.isEmpty()
                || (Character.isWhitespace(rest.charAt(0)) && rest.strip().startsWith("#"));
    }

    /** Whether there is a comment. */
    boolean hasComments() {
        return !foot.isEmpty() || lines.stream().anyMatch(line -> !line.head.isEmpty() || !line.tail.isEmpty());
    }

    /** Other content with the same comments; null where it has another number of lines. */
    @Nullable
    String apply(String written) {
        if (!hasComments()) {
            return written;
        }
        if (contentLines(written).size() != lines.size()) {
            return null;
        }
        var result = new StringBuilder();
        int at = 0;
        for (String content : written.split("\n", -1)) {
            if (content.isBlank()) {
                result.append(content).append('\n');
                continue;
            }
            Line line = lines.get(at++);
            String indent = content.substring(
                    0, content.length() - content.stripLeading().length());
            for (String comment : line.head) {
                result.append(comment.isEmpty() ? "" : indent + comment).append('\n');
            }
            result.append(content).append(line.tail).append('\n');
        }
        for (String comment : foot) {
            result.append(comment).append('\n');
        }
        return result.toString().strip().replaceAll("\n+(#[^\n]*(\n#[^\n]*)*)$", "\n$1");
    }

    private static List<String> contentLines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
