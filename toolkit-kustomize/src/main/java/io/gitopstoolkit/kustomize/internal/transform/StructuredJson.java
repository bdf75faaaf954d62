package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.tree.GoNumbers;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import io.gitopstoolkit.kustomize.internal.yaml.GoJson;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes what was read as YAML as JSON, keys sorted, with whole numbers as they are, on one line or on many. */
final class StructuredJson {
    private final StringBuilder json = new StringBuilder();
    private final boolean pretty;
    private boolean unfit;

    private StructuredJson(boolean pretty) {
        this.pretty = pretty;
    }

    /** The JSON of a document; null where a text is not of the type that it is said to be. */
    static @Nullable String write(Node document, boolean pretty) {
        var writer = new StructuredJson(pretty);
        writer.append(document, 0);
        return writer.unfit ? null : writer.json.toString();
    }

    private void append(Node node, int depth) {
        if (node instanceof MapNode map) {
            appendMap(map, depth);
        } else if (node instanceof ListNode list) {
            json.append('[');
            for (int i = 0; i < list.size(); i++) {
                separate(i, depth + 1);
                append(list.get(i), depth + 1);
            }
            end(list.isEmpty(), depth).append(']');
        } else if (node instanceof ScalarNode scalar) {
            appendScalar(scalar);
        }
    }

    private void appendMap(MapNode map, int depth) {
        List<String> keys =
                IntStream.range(0, map.size()).mapToObj(map::keyAt).sorted().toList();
        json.append('{');
        for (int i = 0; i < keys.size(); i++) {
            separate(i, depth + 1);
            json.append(GoJson.write(ScalarNode.string(keys.get(i)))).append(pretty ? ": " : ":");
            Node value = map.get(keys.get(i));
            append(value == null ? ScalarNode.NULL : value, depth + 1);
        }
        end(map.isEmpty(), depth).append('}');
    }

    private void separate(int position, int depth) {
        if (position > 0) {
            json.append(',');
        }
        if (pretty) {
            json.append('\n').append("  ".repeat(depth));
        }
    }

    private StringBuilder end(boolean empty, int depth) {
        if (pretty && !empty) {
            json.append('\n').append("  ".repeat(depth));
        }
        return json;
    }

    private void appendScalar(ScalarNode scalar) {
        ScalarType now = ScalarResolver.typeOf(scalar.text());
        boolean number = now == ScalarType.INT || now == ScalarType.FLOAT;
        switch (scalar.type()) {
            case STRING, BINARY, TIMESTAMP -> json.append(GoJson.write(ScalarNode.string(scalar.stringValue())));
            case NULL -> {
                unfit |= now != ScalarType.NULL;
                json.append("null");
            }
            case BOOL -> {
                unfit |= now != ScalarType.BOOL;
                json.append(now == ScalarType.BOOL && ScalarResolver.isTrue(scalar.text()));
            }
            case INT, FLOAT -> {
                unfit |= !number || (scalar.type() == ScalarType.INT && now == ScalarType.FLOAT);
                Number value = number ? ScalarResolver.number(scalar.text()) : null;
                if (value == null || ScalarResolver.isInfiniteOrNan(scalar.text())) {
                    unfit = true;
                } else if (scalar.type() == ScalarType.FLOAT) {
                    json.append(GoNumbers.formatJson(value.doubleValue()));
                } else {
                    json.append(value);
                }
            }
        }
    }
}
