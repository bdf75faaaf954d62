package io.gitopstoolkit.testkit.internal.patch;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON patch, RFC 6902, with the messages of the library that the real server uses. */
public final class JsonPatch {
    private final Map<String, Object> root;

    private JsonPatch(Map<String, Object> root) {
        this.root = root;
    }

    /**
     * The object with the operations applied; the arguments stay as they are.
     *
     * @throws PatchException if an operation is malformed or does not fit
     */
    public static Map<String, Object> apply(Map<String, Object> object, List<Object> operations) {
        var patch = new JsonPatch(Tree.of("", Tree.copy(object)));
        for (Object operation : operations) {
            Map<String, Object> map = Tree.map(operation);
            if (map == null) {
                throw PatchException.malformed("error decoding patch: an operation is no object");
            }
            patch.apply(map);
        }
        return Tree.mapAt(patch.root, "");
    }

    private void apply(Map<String, Object> operation) {
        String path = Tree.text(operation, "path");
        switch (Tree.text(operation, "op")) {
            case "add" -> add(path, Tree.copyValue(operation.get("value")));
            case "remove" -> remove(path, "remove");
            case "replace" -> replace(path, Tree.copyValue(operation.get("value")));
            case "test" -> test(path, operation.get("value"));
            case "copy" -> add(path, Tree.copyValue(get(Tree.text(operation, "from"))));
            case "move" -> {
                Object value = get(Tree.text(operation, "from"));
                remove(Tree.text(operation, "from"), "move");
                add(path, value);
            }
            default -> throw PatchException.malformed("Unexpected kind: " + Json.print(operation.get("op")));
        }
    }

    private void add(String path, @Nullable Object value) {
        List<String> steps = steps(path);
        String last = steps.get(steps.size() - 1);
        Object parent = parent(steps, "add", path);
        List<Object> list = Tree.list(parent);
        if (list != null) {
            list.add(last.equals("-") ? list.size() : index(last, list.size() + 1, "add", path), value);
        } else {
            put(parent, last, value);
        }
    }

    /** Sets a value; a field that is not there yet is no error, as in the library of the real server. */
    private void replace(String path, @Nullable Object value) {
        List<String> steps = steps(path);
        String last = steps.get(steps.size() - 1);
        Object parent = parent(steps, "replace", path);
        List<Object> list = Tree.list(parent);
        if (list != null) {
            list.set(index(last, list.size(), "replace", path), value);
        } else {
            put(parent, last, value);
        }
    }

    private static void put(@Nullable Object parent, String key, @Nullable Object value) {
        Map<String, Object> map = Tree.map(parent);
        if (map != null) {
            map.put(key, value);
        }
    }

    private void remove(String path, String operation) {
        List<String> steps = steps(path);
        String last = steps.get(steps.size() - 1);
        Object parent = parent(steps, operation, path);
        List<Object> list = Tree.list(parent);
        Map<String, Object> map = Tree.map(parent);
        if (list != null) {
            list.remove(index(last, list.size(), operation, path));
        } else if (map != null) {
            if (!map.containsKey(last)) {
                throw missing(operation, path);
            }
            map.remove(last);
        }
    }

    private void test(String path, @Nullable Object expected) {
        Object value = get(path);
        if (!Values.equal(value, expected)) {
            throw PatchException.unfit("testing value " + path + " failed: test failed");
        }
    }

    private @Nullable Object get(String path) {
        List<String> steps = steps(path);
        String last = steps.get(steps.size() - 1);
        Object parent = parent(steps, "test", path);
        List<Object> list = Tree.list(parent);
        if (list != null) {
            return list.get(index(last, list.size(), "test", path));
        }
        Map<String, Object> map = Tree.map(parent);
        return map == null ? null : map.get(last);
    }

    private @Nullable Object parent(List<String> steps, String operation, String path) {
        Object value = root;
        for (String step : steps.subList(0, steps.size() - 1)) {
            List<Object> list = Tree.list(value);
            value = list == null ? Tree.at(value, step) : list.get(index(step, list.size(), operation, path));
            if (!(value instanceof Map) && !(value instanceof List)) {
                throw missing(operation, path);
            }
        }
        return value;
    }

    private static int index(String step, int size, String operation, String path) {
        try {
            int index = Integer.parseInt(step);
            int positive = index < 0 ? index + size : index;
            if (positive >= 0 && positive < size) {
                return positive;
            }
        } catch (NumberFormatException e) {
            throw missing(operation, path);
        }
        throw PatchException.unfit(operation + " operation does not apply: doc is missing path: \"" + path
                + "\": Unable to access invalid index: " + step + ": invalid index referenced");
    }

    private static PatchException missing(String operation, String path) {
        String what = operation.equals("add") || operation.equals("test") ? "path" : "key";
        return PatchException.unfit(
                operation + " operation does not apply: doc is missing " + what + ": " + path + ": missing value");
    }

    /** The steps of a pointer, the first of them the root itself. */
    private static List<String> steps(String path) {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw PatchException.malformed("not a JSON pointer: " + path);
        }
        var steps = new ArrayList<String>();
        for (String step : path.split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }
}
