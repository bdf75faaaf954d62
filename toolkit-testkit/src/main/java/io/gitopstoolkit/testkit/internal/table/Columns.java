package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.List;
import java.util.Map;

/** The columns of one resource. */
interface Columns {
    /** What each column is. */
    List<Object> definitions();

    /** The cells of an object, one for each column. */
    List<Object> cells(Row row);

    static Map<String, Object> definition(String name, String type, String format, String description, long priority) {
        return Tree.of("name", name, "type", type, "format", format, "description", description, "priority", priority);
    }
}
