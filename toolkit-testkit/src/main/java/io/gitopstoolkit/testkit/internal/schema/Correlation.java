package io.gitopstoolkit.testkit.internal.schema;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value and the one that was there before it. What did not change may stay, though a newer rule forbids it.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-ratcheting">
 *     Kubernetes: validation ratcheting</a>
 */
public final class Correlation {
    /** Of a value with none before it. */
    public static final Correlation NONE = new Correlation(null, null, Map.of(), null, false);

    private final @Nullable Object value;
    private final @Nullable Object old;
    private final Map<String, Object> schema;
    private final @Nullable Correlation parent;
    private final boolean known;
    private @Nullable Boolean same;

    private Correlation(
            @Nullable Object value,
            @Nullable Object old,
            Map<String, Object> schema,
            @Nullable Correlation parent,
            boolean known) {
        this.value = value;
        this.old = old;
        this.schema = schema;
        this.parent = parent;
        this.known = known;
    }

    /** Of an object and what it was. */
    public static Correlation of(Object value, @Nullable Object old, Map<String, Object> schema) {
        return old == null ? NONE : new Correlation(value, old, schema, null, true);
    }

    /** Whether the value before is known. */
    public boolean isKnown() {
        return known;
    }

    /** Whether the value, or where that is not known, the nearest one around it, is as it was. */
    public boolean isUnchanged() {
        Correlation nearest = known ? this : parent;
        return nearest != null && nearest.isSame();
    }

    private boolean isSame() {
        Boolean known = same;
        if (known == null) {
            known = Values.equal(value, old);
            same = known;
        }
        return known;
    }

    /** The same place without knowledge of what was there. */
    public Correlation uncorrelated() {
        return new Correlation(null, null, schema, parent, false);
    }

    /** Of the value of a field. */
    public Correlation field(String name) {
        boolean identity = parent == null && (name.equals("apiVersion") || name.equals("kind"));
        if (!known || identity) {
            return identity ? NONE : this;
        }
        Map<String, Object> before = Tree.map(old);
        Map<String, Object> now = Tree.map(value);
        Map<String, Object> property = Tree.map(Tree.at(schema, "properties", name));
        Map<String, Object> below = property == null ? Tree.mapAt(schema, "additionalProperties") : property;
        if (before == null || now == null || !before.containsKey(name)) {
            return new Correlation(null, null, below, this, false);
        }
        return new Correlation(now.get(name), before.get(name), below, this, true);
    }

    /** Of the item of a list, which is known where the list is a map by keys. */
    public Correlation item(int index) {
        if (!known) {
            return this;
        }
        List<Object> items = Tree.list(value);
        Map<String, Object> below = Tree.mapAt(schema, "items");
        Object now = items == null ? null : items.get(index);
        Object before = matching(schema, old, now);
        return before == null
                ? new Correlation(null, null, below, this, false)
                : new Correlation(now, before, below, this, true);
    }

    /** The item of a list by keys that has the keys of the given one; null where there is none, or it is another list. */
    public static @Nullable Object matching(Map<String, Object> schema, @Nullable Object list, @Nullable Object item) {
        List<Object> items = Tree.list(list);
        Map<String, Object> wanted = Tree.map(item);
        if (items == null
                || wanted == null
                || !Tree.text(schema, "x-kubernetes-list-type").equals("map")) {
            return null;
        }
        List<String> keys = Tree.textsAt(schema, "x-kubernetes-list-map-keys");
        return items.stream()
                .filter(candidate ->
                        keys.stream().allMatch(key -> Values.equal(Tree.at(candidate, key), wanted.get(key))))
                .findFirst()
                .orElse(null);
    }
}
