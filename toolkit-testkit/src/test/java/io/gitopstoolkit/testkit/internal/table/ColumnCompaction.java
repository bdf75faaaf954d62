package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Makes {@code columns.json}, the resource that {@link BuiltInColumns} reads, from the tables that a real API server answers
 * with: the columns of each resource, with each description written once.
 */
final class ColumnCompaction {
    static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private final UnaryOperator<String> get;
    private final List<String> texts = new ArrayList<>();

    /** @param get the body of a GET of a path, asked for as {@link #TABLE} */
    ColumnCompaction(UnaryOperator<String> get) {
        this.get = get;
    }

    /** The text of the resource, one resource a line. */
    String text() {
        var columns = new TreeMap<String, Object>();
        // Its columns are the name and the time of creation, whose descriptions come first.
        columns.put("/limitranges", columns("/api/v1/limitranges"));
        for (Map<String, Object> resource : new Schemas().resources()) {
            String groupVersion = Tree.text(resource, "groupVersion");
            String name = Tree.text(resource, "name");
            int slash = groupVersion.indexOf('/');
            if (Tree.textsAt(resource, "verbs").contains("list")) {
                String path = (slash < 0 ? "/api/" : "/apis/") + groupVersion + "/" + name;
                columns.put((slash < 0 ? "" : groupVersion.substring(0, slash)) + "/" + name, columns(path));
            }
        }
        return "{\"texts\":[\n"
                + String.join(",\n", texts.stream().map(Json::print).toList())
                + "],\n\"columns\":{\n"
                + String.join(
                        ",\n",
                        columns.entrySet().stream()
                                .map(entry -> Json.print(entry.getKey()) + ":" + Json.print(entry.getValue()))
                                .toList())
                + "}}\n";
    }

    private List<Object> columns(String path) {
        var columns = new ArrayList<Object>();
        Object table = Json.parse(get.apply(path + "?limit=1"));
        for (Map<String, Object> column : Tree.mapsAt(table, "columnDefinitions")) {
            columns.add(Tree.listOf(
                    Tree.text(column, "name"),
                    Tree.text(column, "type"),
                    Tree.text(column, "format"),
                    indexOf(Tree.text(column, "description")),
                    Tree.number(column, 0, "priority")));
        }
        return columns;
    }

    private long indexOf(String text) {
        if (!texts.contains(text)) {
            texts.add(text);
        }
        return texts.indexOf(text);
    }
}
