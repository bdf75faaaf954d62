package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the built-in resources, from {@code columns.json}: what the real server says of them, compacted by
 * {@code ColumnCompaction} of the tests.
 */
final class BuiltInColumns {
    private static final String RESOURCE = "columns.json";

    private final List<String> texts;
    private final Map<String, Object> definitions;
    private final Map<String, Function<Row, List<Object>>> printers = new HashMap<>();

    BuiltInColumns() {
        Object content = Json.parse(read());
        this.texts = Tree.textsAt(content, "texts");
        this.definitions = Tree.mapAt(content, "columns");
        WorkloadRows.addTo(printers);
        NetworkRows.addTo(printers);
        StorageRows.addTo(printers);
        PolicyRows.addTo(printers);
        ClusterRows.addTo(printers);
    }

    /** The descriptions of the name and of the time of creation. */
    List<String> commonTexts() {
        return texts.subList(0, 2);
    }

    /** The columns of a resource, by group and name; name and time where it has none of its own. */
    Columns of(String group, String name) {
        String key = group + "/" + name;
        Function<Row, List<Object>> printer = printers.getOrDefault(key, PolicyRows::nameAndTime);
        List<Object> described = Tree.list(definitions.get(printers.containsKey(key) ? key : "/limitranges"));
        var columns = new ArrayList<Object>();
        for (Object column : described == null ? List.of() : described) {
            columns.add(definition(Tree.list(column)));
        }
        return new Columns() {
            @Override
            public List<Object> definitions() {
                return columns;
            }

            @Override
            public List<Object> cells(Row row) {
                return printer.apply(row);
            }
        };
    }

    private Map<String, Object> definition(@Nullable List<Object> column) {
        if (column == null) {
            throw new IllegalStateException(RESOURCE + " holds what is no column");
        }
        int text = ((Long) column.get(3)).intValue();
        return Columns.definition(
                (String) column.get(0), (String) column.get(1), (String) column.get(2), texts.get(text), (Long)
                        column.get(4));
    }

    private static String read() {
        try (InputStream in = BuiltInColumns.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the testkit's jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
