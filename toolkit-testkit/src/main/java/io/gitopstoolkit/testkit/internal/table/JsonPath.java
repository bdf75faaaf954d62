package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A path as printer columns of custom resources use it: {@code .spec.replicas}, {@code .a['b.c']}, {@code .items[0]},
 * {@code .items[*].name}, {@code .conditions[?(@.type=="Ready")].status}.
 */
final class JsonPath {
    private final String text;
    private final List<Function<Object, List<Object>>> steps = new ArrayList<>();
    private int position;

    private JsonPath(String text) {
        this.text = text;
    }

    /** The values at the path; none where it leads nowhere or cannot be read. */
    static List<Object> find(@Nullable Object tree, String path) {
        var parsed = new JsonPath(path);
        if (tree == null || !parsed.parse()) {
            return List.of();
        }
        List<Object> found = List.of(tree);
        for (Function<Object, List<Object>> step : parsed.steps) {
            var next = new ArrayList<Object>();
            found.forEach(value -> next.addAll(step.apply(value)));
            found = next;
        }
        return found;
    }

    private boolean parse() {
        position = text.startsWith("$") ? 1 : 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '.') {
                position++;
                steps.add(field(name()));
            } else if (c != '[' || !bracket()) {
                return false;
            }
        }
        return true;
    }

    private String name() {
        var name = new StringBuilder();
        while (position < text.length() && ".[".indexOf(text.charAt(position)) < 0) {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            name.append(text.charAt(position++));
        }
        return name.toString();
    }

    private boolean bracket() {
        int end = endOfBracket();
        if (end < 0) {
            return false;
        }
        String inside = text.substring(position + 1, end).trim();
        position = end + 1;
        if (inside.equals("*")) {
            steps.add(JsonPath::all);
        } else if (inside.startsWith("?(") && inside.endsWith(")")) {
            return filter(inside.substring(2, inside.length() - 1));
        } else if (inside.startsWith("'") || inside.startsWith("\"")) {
            steps.add(field(inside.substring(1, inside.length() - 1)));
        } else if (inside.matches("-?\\d{1,9}")) {
            int index = Integer.parseInt(inside);
            steps.add(value -> item(value, index));
        } else {
            return false;
        }
        return true;
    }

    /** The bracket's end, past those in quotes. */
    private int endOfBracket() {
        char quote = 0;
        for (int i = position + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == ']') {
                return i;
            }
        }
        return -1;
    }

    private boolean filter(String condition) {
        for (String operator : List.of("==", "!=")) {
            int at = condition.indexOf(operator);
            if (at > 0 && condition.trim().startsWith("@")) {
                String path = condition.substring(0, at).trim().substring(1);
                Object wanted = literal(condition.substring(at + 2).trim());
                boolean equal = operator.equals("==");
                steps.add(value -> all(value).stream()
                        .filter(item -> matches(item, path, wanted) == equal)
                        .toList());
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Object item, String path, @Nullable Object wanted) {
        List<Object> found = find(item, path);
        return !found.isEmpty() && Values.equal(found.get(0), wanted);
    }

    private static @Nullable Object literal(String text) {
        if (text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"))) {
            return text.substring(1, text.length() - 1);
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : text;
    }

    private static Function<Object, List<Object>> field(String name) {
        return value -> {
            if (name.isEmpty()) {
                return List.of(value);
            }
            Map<String, Object> map = Tree.map(value);
            Object found = map == null ? null : map.get(name);
            return found == null ? List.of() : List.of(found);
        };
    }

    private static List<Object> all(Object value) {
        List<Object> list = Tree.list(value);
        Map<String, Object> map = Tree.map(value);
        if (map != null) {
            return new ArrayList<>(map.values());
        }
        return list == null ? List.of() : list;
    }

    private static List<Object> item(Object value, int index) {
        List<Object> list = Tree.list(value);
        int at = list != null && index < 0 ? list.size() + index : index;
        return list == null || at < 0 || at >= list.size() ? List.of() : List.of(list.get(at));
    }
}
