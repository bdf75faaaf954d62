package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.transform.ReplacementPath.Place;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of one field: names parted by slashes, positions of lists ({@code -} for the last), {@code [field=value]} for
 * an item of a list. Fields and items that are missing are created, positions are not.
 */
final class FieldPath {
    private static final ScalarNode BLANK = ScalarNode.plain("");

    private final String text;
    private final List<String> parts;

    FieldPath(String text) {
        this.text = text;
        this.parts = FieldSpec.names(text).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /**
     * The place of the field; null where null, or a position that there is not, ends the way.
     *
     * @throws KustomizeException if something on the way is of another kind than the path says
     */
    @Nullable
    Place lookupOrCreate(MapNode root) {
        Node node = root;
        Place place = null;
        for (int i = 0; i < parts.size(); i++) {
            place = step(node, i);
            if (place == null) {
                return null;
            }
            node = place.value();
        }
        if (place == null) {
            throw failed("it names no field");
        }
        return place;
    }

    private @Nullable Place step(Node node, int depth) {
        String part = parts.get(depth);
        if (part.equals("*")) {
            throw failed("wildcard is not supported");
        }
        boolean number = isNumber(part);
        boolean item = part.startsWith("[") && part.endsWith("]");
        if (node.isNull()) {
            return null;
        }
        if (!number && !item && !part.equals("-")) {
            return field(node, part, depth);
        }
        if (!(node instanceof ListNode list)) {
            throw failed("'" + part + "' is asked of something that is no list");
        }
        if (item) {
            return item(list, part);
        }
        int index = number ? Integer.parseInt(part) : list.size() - 1;
        return index >= 0 && index < list.size() ? new Place(list, index) : null;
    }

    private Place field(Node node, String name, int depth) {
        if (!(node instanceof MapNode map)) {
            throw failed("'" + name + "' is not in a map");
        }
        int position = map.indexOf(name);
        if (position < 0) {
            position = map.size();
            map.append(name, made(depth));
        }
        return new Place(map, position);
    }

    private Node made(int depth) {
        if (depth == parts.size() - 1) {
            return BLANK;
        }
        String next = parts.get(depth + 1);
        boolean list = isNumber(next) || (next.startsWith("[") && next.endsWith("]"));
        return list ? new ListNode() : new MapNode();
    }

    private Place item(ListNode list, String part) {
        String inner = part.substring(1, part.length() - 1);
        int equals = inner.indexOf('=');
        if (equals < 0) {
            throw failed("list path element must contain fieldName=fieldValue for element to match");
        }
        String key = inner.substring(0, equals);
        String value = inner.substring(equals + 1);
        for (int i = 0; i < list.size(); i++) {
            Node found = key.isEmpty() ? list.get(i) : list.get(i) instanceof MapNode map ? map.get(key) : null;
            if (found instanceof ScalarNode scalar && scalar.text().equals(value)) {
                return new Place(list, i);
            }
        }
        Node created = ScalarNode.plain(value);
        if (!key.isEmpty()) {
            var map = new MapNode();
            map.append(key, created);
            created = map;
        }
        list.add(created);
        return new Place(list, list.size() - 1);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private KustomizeException failed(String why) {
        return new KustomizeException(TRANSFORM_FAILED, "the path '" + text + "' does not fit: " + why);
    }
}
