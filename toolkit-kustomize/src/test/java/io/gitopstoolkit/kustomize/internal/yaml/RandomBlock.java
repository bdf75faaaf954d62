package io.gitopstoolkit.kustomize.internal.yaml;

import java.util.Random;

/** Makes strings of several lines in every style that YAML has for them. */
final class RandomBlock {
    private static final String[] LINES = {
        "one", "two words", "  more", " x", "\ttab", "# no comment", "- a", "a: b", "", "", "", "é"
    };
    private static final String[] HEADS = {"|", "|-", "|+", "|2", "|2-", "|2+", ">", ">-", ">+", ">2", ">2-", ">2+"};

    private RandomBlock() {}

    static String scalar(Random random, String indent) {
        return switch (random.nextInt(4)) {
            case 0 -> quoted(random, indent, "'");
            case 1 -> quoted(random, indent, "\"");
            default -> block(random, indent);
        };
    }

    private static String block(Random random, String indent) {
        String head = HEADS[random.nextInt(HEADS.length)];
        var text = new StringBuilder(head);
        int lines = random.nextInt(7);
        boolean content = false;
        for (int i = 0; i < lines; i++) {
            String line = LINES[random.nextInt(LINES.length)];
            boolean unclear = !content && (line.startsWith("\t") || (!head.contains("2") && line.startsWith(" ")));
            line = unclear ? "first" : line;
            content = content || !line.isEmpty();
            text.append('\n').append(line.isEmpty() ? "" : indent + line);
        }
        return text.toString();
    }

    private static String quoted(Random random, String indent, String quote) {
        var text = new StringBuilder(quote).append("start");
        for (int i = random.nextInt(6); i > 0; i--) {
            String line = LINES[random.nextInt(LINES.length)].strip();
            text.append('\n').append(line.isEmpty() ? "" : indent + line);
        }
        return text.append(quote).toString();
    }
}
