package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a custom resource, as its definition describes them. */
final class CustomColumns implements Columns {
    private final List<Object> definitions = new ArrayList<>();
    private final List<Map<String, Object>> columns;

    /**
     * Of a definition.
     *
     * @param columns {@code additionalPrinterColumns}; the age where there are none
     * @param texts the descriptions of the name and of the time
     */
    CustomColumns(List<Map<String, Object>> columns, List<String> texts) {
        this.columns = columns.isEmpty() ? List.of(age(texts.get(1))) : columns;
        definitions.add(Columns.definition("Name", "string", "name", texts.get(0), 0));
        for (Map<String, Object> column : this.columns) {
            String path = Tree.text(column, "jsonPath");
            String description = Tree.text(column, "description");
            definitions.add(Columns.definition(
                    Tree.text(column, "name"),
                    Tree.text(column, "type"),
                    Tree.text(column, "format"),
                    description.isEmpty()
                            ? "Custom resource definition column (in JSONPath format): " + path
                            : description,
                    Tree.number(column, 0, "priority")));
        }
    }

    private static Map<String, Object> age(String description) {
        return Tree.of(
                "name", "Age", "type", "date", "description", description, "jsonPath", ".metadata.creationTimestamp");
    }

    @Override
    public List<Object> definitions() {
        return definitions;
    }

    @Override
    public List<Object> cells(Row row) {
        var cells = new ArrayList<Object>();
        cells.add(row.name());
        for (Map<String, Object> column : columns) {
            List<Object> found = JsonPath.find(row.object(), Tree.text(column, "jsonPath"));
            cells.add(found.isEmpty() ? null : cell(row, Tree.text(column, "type"), found.get(0)));
        }
        return cells;
    }

    private static @Nullable Object cell(Row row, String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof String text ? text : Json.print(value);
            case "integer" -> value instanceof Number number ? (Object) number.longValue() : null;
            case "number" -> value instanceof Number ? value : null;
            case "boolean" -> value instanceof Boolean ? value : null;
            case "date" -> value instanceof String time ? date(row, time) : null;
            default -> null;
        };
    }

    private static String date(Row row, String time) {
        return Row.instant(time) == null ? "<invalid>" : row.ago(time);
    }
}
