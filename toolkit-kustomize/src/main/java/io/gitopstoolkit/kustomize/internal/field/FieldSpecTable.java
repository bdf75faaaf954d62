package io.gitopstoolkit.kustomize.internal.field;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
        var stream = requireNonNull(FieldSpecTable.class.getResourceAsStream("fieldspecs.txt"), "fieldspecs.txt");
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(table::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TransformerConfig(table.specs, table.references);
    }

    private void line(String line) {
        if (line.startsWith("[")) {
            String[] words = line.substring(1, line.length() - 1).split(" ", -1);
            section = words[0].equals("reference")
                    ? references.computeIfAbsent(gvk(words, 1), gvk -> new ArrayList<>())
                    : specs.computeIfAbsent(topic(words[0]), topic -> new ArrayList<>());
            return;
        }
        String[] words = line.split(" ", -1);
        section.add(new FieldSpec(gvk(words, 0), words[3], words[4].equals("create")));
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
