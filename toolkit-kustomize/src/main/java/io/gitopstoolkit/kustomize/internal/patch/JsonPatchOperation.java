package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.internal.patch.JsonPatch.JsonPatchException;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import org.jspecify.annotations.Nullable;

/** One operation of a JSON patch. Immutable. */
final class JsonPatchOperation {
    private final MapNode fields;

    JsonPatchOperation(MapNode fields) {
        this.fields = fields;
    }

    /** Changes the object, or gives another in its place. */
    MapNode apply(MapNode root) {
        String op = text("op");
        switch (op == null ? "" : op) {
            case "add" -> parent(root, "path").add(value());
            case "remove" -> parent(root, "path").remove();
            case "replace" -> {
                if ("".equals(text("path"))) {
                    return wholeValue();
                }
                parent(root, "path").replace(value());
            }
            case "move" -> {
                JsonPointer from = parent(root, "from");
                Node moved = from.getOrNull();
                from.remove();
                parent(root, "path").add(moved);
            }
            case "copy" -> {
                Node copied = parent(root, "from").getOrNull();
                parent(root, "path").add(copied.copy());
            }
            case "test" -> test(root);
            default -> throw new JsonPatchException("op must be add, remove, replace, move, copy or test");
        }
        return root;
    }

    private void test(MapNode root) {
        boolean whole = "".equals(text("path"));
        Node actual = whole ? root : parent(root, "path").getOrNull();
        Node expected = fields.get("value");
        boolean equal = expected == null ? actual.isNull() : JsonValues.areEqual(actual, expected);
        if (!equal) {
            throw new JsonPatchException("the value there is another");
        }
    }

    private MapNode wholeValue() {
        if (value() instanceof MapNode map) {
            return map;
        }
        throw new JsonPatchException("the value that replaces the object must be a map");
    }

    private Node value() {
        Node value = fields.get("value");
        return value == null ? ScalarNode.NULL : value.copy();
    }

    private JsonPointer parent(MapNode root, String field) {
        String path = text(field);
        if (path == null) {
            throw new JsonPatchException("the field " + field + " is missing or no string");
        }
        return JsonPointer.resolve(root, path);
    }

    private @Nullable String text(String field) {
        return fields.get(field) instanceof ScalarNode scalar && scalar.isString() ? scalar.text() : null;
    }

    /** The kind and the path, without the value. */
    @Override
    public String toString() {
        return text("op") + " " + text("path");
    }
}
