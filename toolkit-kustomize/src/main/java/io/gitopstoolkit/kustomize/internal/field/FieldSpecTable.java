package io.gitopstoolkit.kustomize.internal.field;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the table of builtin fields, {@code fieldspecs.txt}: a line {@code [topic]} or {@code [reference kind version
 * group]} before lines of {@code kind version group path create}, where {@code *} matches everything.
 */
final class FieldSpecTable {
    private final Map<Topic, List<FieldSpec>> specs = new EnumMap<>(Topic.class);
    private final Map<Gvk, List<FieldSpec>> references = new TreeMap<>();
    private List<FieldSpec> section = new ArrayList<>();

    private FieldSpecTable() {}

    static TransformerConfig read() {
        var table = new FieldSpecTable();
        try (var stream =
                requireNonNull(FieldSpecTable.class.getResourceAsStream("fieldspecs.txt"), "fieldspecs.txt")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
            int start = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
                if (end > start && text.charAt(start) != '#') {
                    table.line(text.substring(start, end));
                }
                start = end + 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TransformerConfig(table.specs, table.references, true);
    }

    private void line(String line) {
        if (line.startsWith("[")) {
            String[] words = line.substring(1, line.length() - 1).split(" ", -1);
            section = words[0].equals("reference")
                    ? references.computeIfAbsent(gvk(words, 1), gvk -> new ArrayList<>())
                    : specs.computeIfAbsent(topic(words[0]), topic -> new ArrayList<>());
            return;
        }
        int version = line.indexOf(' ') + 1;
        int group = line.indexOf(' ', version) + 1;
        int path = line.indexOf(' ', group) + 1;
        int create = line.indexOf(' ', path) + 1;
        var kinds = new Gvk(
                word(line.substring(group, path - 1)),
                word(line.substring(version, group - 1)),
                word(line.substring(0, version - 1)));
        section.add(new FieldSpec(kinds, line.substring(path, create - 1), line.startsWith("create", create)));
    }

    private static Gvk gvk(String[] words, int from) {
        return new Gvk(word(words[from + 2]), word(words[from + 1]), word(words[from]));
    }

    private static String word(String text) {
        return text.equals("*") ? "" : text;
    }

    private static Topic topic(String text) {
        for (Topic topic : Topic.values()) {
            if (topic.text().equals(text)) {
                return topic;
            }
        }
        throw new IllegalStateException("no topic " + text);
    }
}
