package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns objects and lists into the {@code Table} that the real server prints them in. Safe between threads. */
public final class Tables {
    private static final String META = "meta.k8s.io/";

    private @Nullable BuiltInColumns builtIn;

    /**
     * What is printed.
     *
     * @param group empty for the core group
     * @param name of the resource, such as {@code pods}
     * @param apiVersion of the objects
     * @param custom {@code additionalPrinterColumns} of a custom resource; null for a built-in one
     */
    public record Subject(
            String group,
            String name,
            String apiVersion,
            String kind,
            @Nullable List<Map<String, Object>> custom) {}

    /**
     * How it is printed.
     *
     * @param version of the table's kind: {@code v1} or {@code v1beta1}
     * @param includeObject {@code None}, {@code Metadata} or {@code Object}
     * @param withColumns whether the table describes its columns; later tables of a watch do not
     * @param now what ages are counted to
     */
    public record Style(String version, String includeObject, boolean withColumns, Instant now) {}

    private synchronized BuiltInColumns builtIn() {
        if (builtIn == null) {
            builtIn = new BuiltInColumns();
        }
        return builtIn;
    }

    /** The table of an object or a list. */
    public Map<String, Object> table(Subject subject, Map<String, Object> object, Style style) {
        Columns columns = subject.custom() == null
                ? builtIn().of(subject.group(), subject.name())
                : new CustomColumns(subject.custom(), builtIn().commonTexts());
        boolean list = object.get("items") instanceof List;
        var rows = new ArrayList<Object>();
        for (Map<String, Object> item : list ? Tree.mapsAt(object, "items") : List.of(object)) {
            rows.add(row(subject, columns, item, style));
        }
        return Tree.of(
                "kind",
                "Table",
                "apiVersion",
                META + style.version(),
                "metadata",
                metadata(object, list),
                "columnDefinitions",
                style.withColumns() ? columns.definitions() : null,
                "rows",
                rows);
    }

    private static Map<String, Object> metadata(Map<String, Object> object, boolean list) {
        Map<String, Object> all = Tree.mapAt(object, "metadata");
        var metadata = new LinkedHashMap<String, Object>();
        for (String key :
                list ? List.of("resourceVersion", "continue", "remainingItemCount") : List.of("resourceVersion")) {
            Object value = all.get(key);
            if (value != null && !value.equals("")) {
                metadata.put(key, value);
            }
        }
        return metadata;
    }

    private static Map<String, Object> row(Subject subject, Columns columns, Map<String, Object> object, Style style) {
        Map<String, Object> row = Tree.of("cells", columns.cells(new Row(object, style.now())));
        if (subject.group().isEmpty() && subject.name().equals("pods")) {
            addEnd(row, Tree.text(object, "status", "phase"));
        }
        row.put("object", shown(subject, object, style));
        return row;
    }

    /** A pod that has ended says so beside its cells. */
    private static void addEnd(Map<String, Object> row, String phase) {
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            String message = phase.equals("Failed") ? "The pod failed." : "The pod has completed successfully.";
            row.put(
                    "conditions",
                    Tree.listOf(Tree.of("type", "Completed", "status", "True", "reason", phase, "message", message)));
        }
    }

    private static @Nullable Object shown(Subject subject, Map<String, Object> object, Style style) {
        return switch (style.includeObject()) {
            case "None" -> null;
            case "Object" -> {
                Map<String, Object> whole = Tree.of("kind", subject.kind(), "apiVersion", subject.apiVersion());
                whole.putAll(object);
                yield whole;
            }
            default ->
                Tree.of(
                        "kind",
                        "PartialObjectMetadata",
                        "apiVersion",
                        META + style.version(),
                        "metadata",
                        object.get("metadata"));
        };
    }
}
