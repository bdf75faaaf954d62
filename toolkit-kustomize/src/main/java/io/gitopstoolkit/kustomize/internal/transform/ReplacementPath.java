package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A path of a replacement: names parted by points, positions of lists, {@code [field=value]} for items of lists and
 * {@code *} for all of them. A point in a name is written {@code \.}, or the name in brackets.
 */
final class ReplacementPath {
    private final String text;
    private final List<String> parts;

    private ReplacementPath(String text) {
        this(text, split(text));
    }

    private ReplacementPath(String text, List<String> parts) {
        this.text = text;
        this.parts = parts;
    }

    static ReplacementPath of(String text) {
        return new ReplacementPath(text);
    }

    /** The path of a variable, where a position may stand in brackets behind a name: {@code ports[0]}. */
    static ReplacementPath ofVariable(String text) {
        return new ReplacementPath(text.replaceAll("\\[(\\d+)\\]", ".$1"));
    }

    @Override
    public String toString() {
        return text;
    }

    /** A place that a path leads to: a value of a map or an item of a list. */
    record Place(Node parent, int position) {
        Node value() {
            return parent instanceof MapNode map ? map.valueAt(position) : ((ListNode) parent).get(position);
        }

        void set(Node value) {
            if (parent instanceof MapNode map) {
                map.setValueAt(position, value);
            } else {
                ((ListNode) parent).set(position, value);
            }
        }
    }

    /** The value that the path leads to in a source; null where there is none. */
    @Nullable
    Node lookup(MapNode root) {
        Node node = root;
        for (String raw : parts) {
            String part = raw.strip();
            if (part.isEmpty()) {
                continue;
            }
            Node next = step(node, part);
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    private @Nullable Node step(Node node, String part) {
        if (part.equals("*")) {
            throw failed("wildcard is not supported for a source");
        }
        if (isNumber(part) || part.equals("-")) {
            ListNode list = list(node);
            int index = part.equals("-") ? list.size() - 1 : Integer.parseInt(part);
            return index >= 0 && index < list.size() ? list.get(index) : null;
        }
        if (isItem(part)) {
            return item(list(node), part);
        }
        if (node.isNull()) {
            return null;
        }
        if (!(node instanceof MapNode map)) {
            throw failed("'" + part + "' is not in a map");
        }
        return map.get(part);
    }

    private @Nullable Node item(ListNode list, String part) {
        String[] pair = pair(part);
        for (Node item : list) {
            Node value = pair[0].isEmpty() ? item : item instanceof MapNode map ? map.get(pair[0]) : null;
            if (value instanceof ScalarNode scalar && scalar.text().equals(pair[1])) {
                return item;
            }
        }
        return null;
    }

    /**
     * A scalar on the way, before the end of a path.
     *
     * @param place where it is
     * @param rest the path from there on
     */
    record InText(Place place, ReplacementPath rest) {}

    /** The first scalar on the way that is not its end; null where there is none. */
    @Nullable
    InText textOnTheWay(MapNode root) {
        Node node = root;
        for (int i = 0; i < parts.size() - 1; i++) {
            Place place = placeOf(node, parts.get(i).strip());
            if (place == null) {
                return null;
            }
            node = place.value();
            if (node instanceof ScalarNode) {
                return new InText(place, new ReplacementPath(text, parts.subList(i + 1, parts.size())));
            }
        }
        return null;
    }

    private @Nullable Place placeOf(Node node, String part) {
        if (node instanceof MapNode map) {
            int position = isNumber(part) || isItem(part) ? -1 : map.indexOf(part);
            return position < 0 ? null : new Place(map, position);
        }
        if (!(node instanceof ListNode list)) {
            return null;
        }
        int position = isNumber(part) ? Integer.parseInt(part) : part.equals("-") ? list.size() - 1 : -1;
        if (isItem(part) && part.indexOf('=') > 0) {
            Node item = item(list, part);
            for (int i = 0; i < list.size() && position < 0 && item != null; i++) {
                position = list.get(i).equals(item) ? i : -1;
            }
        }
        return position >= 0 && position < list.size() ? new Place(list, position) : null;
    }

    /** The places that the path leads to in a target; what is missing is created where {@code leaf} says what. */
    List<Place> match(Node root, @Nullable Supplier<Node> leaf) {
        var found = new ArrayList<Place>();
        new Match(leaf, found).descend(root, 0);
        return found;
    }

    private final class Match {
        private final @Nullable Supplier<Node> leaf;
        private final List<Place> found;

        Match(@Nullable Supplier<Node> leaf, List<Place> found) {
            this.leaf = leaf;
            this.found = found;
        }

        void descend(Node node, int depth) {
            String part = parts.get(depth);
            if (isNumber(part)) {
                atIndex(list(node), Integer.parseInt(part), depth);
            } else if (isItem(part)) {
                atItems(list(node), depth);
            } else if (part.equals("*")) {
                ListNode list = list(node);
                for (int i = 0; i < list.size(); i++) {
                    visit(list, i, depth);
                }
            } else {
                atField(node, part, depth);
            }
        }

        private void visit(Node parent, int position, int depth) {
            var place = new Place(parent, position);
            if (depth == parts.size() - 1) {
                found.add(place);
                return;
            }
            descend(place.value(), depth + 1);
        }

        private void atField(Node node, String name, int depth) {
            if (node.isNull()) {
                if (leaf != null) {
                    throw failed("cannot create '" + name + "' in null");
                }
                return;
            }
            if (!(node instanceof MapNode map)) {
                throw failed("'" + name + "' is not in a map");
            }
            int position = map.indexOf(name);
            if (position < 0) {
                if (leaf == null) {
                    return;
                }
                position = map.size();
                map.append(name, made(leaf, depth));
            }
            if (depth < parts.size() - 1 && map.valueAt(position) instanceof ScalarNode scalar) {
                inText(scalar, depth);
            } else {
                visit(map, position, depth);
            }
        }

        /** Goes on in a copy of what a text holds: what is set there is lost, as it is in kustomize. */
        private void inText(ScalarNode scalar, int depth) {
            StructuredText content = StructuredText.of(scalar.text());
            if (content != null) {
                descend(content.content(), depth + 1);
            }
        }

        private void atIndex(ListNode list, int index, int depth) {
            if (index == list.size() && leaf != null) {
                list.add(made(leaf, depth));
            }
            if (index >= list.size()) {
                throw failed("index " + index + " specified but only " + list.size() + " elements found");
            }
            visit(list, index, depth);
        }

        private void atItems(ListNode list, int depth) {
            String[] pair = pair(parts.get(depth));
            Pattern pattern = compile(pair[1]);
            int before = found.size();
            matchItems(list, pair[0], pattern, depth);
            if (found.size() == before && leaf != null) {
                list.add(newItem(pair));
                matchItems(list, pair[0], pattern, depth);
            }
        }

        private void matchItems(ListNode list, String field, Pattern pattern, int depth) {
            for (int i = 0; i < list.size(); i++) {
                Node item = list.get(i);
                if (field.isEmpty()) {
                    if (item instanceof ScalarNode scalar
                            && pattern.matcher(written(scalar)).find()) {
                        found.add(new Place(list, i));
                    }
                } else if (item instanceof MapNode map
                        && map.get(field) instanceof ScalarNode scalar
                        && pattern.matcher(written(scalar)).find()) {
                    visit(list, i, depth);
                }
            }
        }

        private Node newItem(String[] pair) {
            ScalarNode value = ScalarNode.plain(pair[1]);
            if (pair[0].isEmpty()) {
                return value;
            }
            var item = new MapNode();
            item.put(pair[0], value);
            return item;
        }

        private Node made(Supplier<Node> last, int depth) {
            if (depth == parts.size() - 1) {
                return last.get();
            }
            String next = parts.get(depth + 1);
            return isItem(next) || isNumber(next) ? new ListNode() : new MapNode();
        }
    }

    private ListNode list(Node node) {
        if (node instanceof ListNode list) {
            return list;
        }
        if (node.isNull()) {
            return new ListNode();
        }
        throw failed("an item of a list is asked for where there is none");
    }

    /** A scalar as it stands in the document, with its quotes. */
    private static String written(ScalarNode scalar) {
        return switch (scalar.style()) {
            case SINGLE_QUOTED -> "'" + scalar.text().replace("'", "''") + "'";
            case DOUBLE_QUOTED -> '"' + scalar.text() + '"';
            default -> scalar.text();
        };
    }

    private Pattern compile(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    "'" + expression + "' in the path '" + text + "' is not a regular expression",
                    e);
        }
    }

    private String[] pair(String part) {
        String inner = part.substring(1, part.length() - 1);
        int equals = inner.indexOf('=');
        if (equals < 0) {
            throw failed("list path element must contain fieldName=fieldValue for element to match");
        }
        return new String[] {inner.substring(0, equals), inner.substring(equals + 1)};
    }

    private static boolean isItem(String part) {
        return part.startsWith("[") && part.endsWith("]");
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private KustomizeException failed(String why) {
        return new KustomizeException(TRANSFORM_FAILED, "the path '" + text + "' does not fit: " + why);
    }

    private static List<String> split(String path) {
        var names = new ArrayList<String>();
        String rest = path.length() > 1 && path.startsWith(".") ? path.substring(1) : path;
        for (String part : rest.split("\\.", -1)) {
            int last = names.size() - 1;
            if (last >= 0 && names.get(last).endsWith("\\")) {
                String head = names.get(last);
                names.set(last, head.substring(0, head.length() - 1) + '.' + part);
            } else {
                names.add(part);
            }
        }
        return joinedBrackets(names);
    }

    /** Points between brackets part nothing; brackets without an equals sign are around a name. */
    private static List<String> joinedBrackets(List<String> names) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!name.startsWith("[") || name.endsWith("]")) {
                parts.add(name);
                continue;
            }
            var joined = new StringBuilder(name);
            while (i < names.size() - 1 && joined.charAt(joined.length() - 1) != ']') {
                i++;
                joined.append('.').append(names.get(i));
            }
            String whole = joined.toString();
            parts.add(whole.contains("=") ? whole : whole.replaceAll("^[\\[\\]]+|[\\[\\]]+$", ""));
        }
        return List.copyOf(parts);
    }
}
