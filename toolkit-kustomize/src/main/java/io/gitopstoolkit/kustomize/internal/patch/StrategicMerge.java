package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The strategic merge of kustomize, which is not the one of kubectl: elements that the patch names come first, a list
 * merges only where the schema says so, {@code $patch} is the only directive.
 *
 * <p>It visits the target as a whole, the parts too that the patch does not touch: a key without a value goes away, and
 * of two elements with one merge key one. Safe for use by several threads.
 */
public final class StrategicMerge {
    private final Supplier<Schema> schema;

    /** A merge by a schema. */
    public StrategicMerge(Schema schema) {
        this(() -> schema);
    }

    /** A merge by the schema of the moment, which is asked for when it is needed. */
    public StrategicMerge(Supplier<Schema> schema) {
        this.schema = schema;
    }

    /**
     * Merges a patch into an object, which is changed; the patch is not.
     *
     * @return the merged object, or null where the patch deletes it
     * @throws KustomizeException with {@code PATCH_FAILED} if the patch has a map where the object has a list or the
     *     like, or an unknown directive
     */
    public @Nullable MapNode apply(MapNode target, MapNode patch) {
        // A patch that is to replace the whole object is lost in kustomize: the object stays as it is.
        return merge(target, patch.copy(), null, "") == null ? null : target;
    }

    /** The merged value; null, or the scalar null, where there is to be none. */
    @Nullable
    Node merge(@Nullable Node target, @Nullable Node patch, @Nullable Shape known, String path) {
        Node example = Elements.isMissingOrNull(target) ? patch : target;
        if (example == null || example.isNull()) {
            return patch != null || (target != null && Elements.textOf(target).isEmpty()) ? null : target;
        }
        checkSameKind(target, patch, path);
        if (example instanceof ScalarNode) {
            return patch != null ? patch : target;
        }
        Shape shape = known == null ? shapeOf(target, patch) : known;
        return example instanceof MapNode
                ? mergeMaps(target, patch, shape, path)
                : mergeLists(target, patch, shape, path);
    }

    private @Nullable Node mergeMaps(@Nullable Node target, @Nullable Node patch, @Nullable Shape shape, String path) {
        if (!(choose(target, patch, path) instanceof MapNode result)) {
            return null;
        }
        MapNode changes = patch instanceof MapNode map ? map : null;
        var keys = new TreeSet<String>();
        addKeys(result, keys);
        if (changes != null) {
            addKeys(changes, keys);
        }
        for (String key : keys) {
            Node before = result.get(key);
            Node change = changes == null ? null : changes.get(key);
            if (change == null && before instanceof ScalarNode && !before.isNull()) {
                continue;
            }
            Node after = merge(before, change, shape == null ? null : shape.field(key), path(path, key));
            setField(result, key, before, change, after);
        }
        return result;
    }

    /** What the rest of the merge goes into: the target, or the patch that takes its place, or nothing. */
    private static @Nullable Node choose(@Nullable Node target, @Nullable Node patch, String path) {
        if (Elements.isMissingOrNull(target)) {
            return patch instanceof MapNode && Directive.takeFrom(patch) == Directive.DELETE ? null : patch;
        }
        if (patch != null && patch.isNull()) {
            return null;
        }
        return switch (Directive.takeFrom(patch)) {
            case MERGE -> target;
            case REPLACE -> patch;
            case DELETE -> null;
            case UNKNOWN -> throw PatchProblem.at(path, "an unknown $patch; it can be merge, replace or delete");
        };
    }

    private @Nullable Node mergeLists(@Nullable Node target, @Nullable Node patch, @Nullable Shape shape, String path) {
        if (shape == null || !shape.merges()) {
            return patch != null ? patch : target;
        }
        if (!(choose(target, patch, path) instanceof ListNode result)) {
            return null;
        }
        return new KeyedListMerge(this, shape, path).merge(result, patch instanceof ListNode list ? list : null);
    }

    private static void setField(
            MapNode map, String key, @Nullable Node before, @Nullable Node change, @Nullable Node after) {
        if (after == null) {
            map.remove(key);
        } else if (after.isNull()) {
            if (change != null) {
                map.remove(key);
            }
        } else if (after != before) {
            map.put(key, inStyleOf(before, after));
        }
    }

    /** A value that takes the place of one in quotes gets its quotes, and is a string with them. */
    private static Node inStyleOf(@Nullable Node before, Node after) {
        boolean quoted = before instanceof ScalarNode scalar && !scalar.isNull() && scalar.style() != ScalarStyle.PLAIN;
        if (quoted && after instanceof ScalarNode scalar && !scalar.isString()) {
            boolean sameWithoutTag = ScalarResolver.typeOf(scalar.text()) == scalar.type();
            return sameWithoutTag ? ScalarNode.of(scalar.text(), ScalarType.STRING, ScalarStyle.DOUBLE_QUOTED) : after;
        }
        return after;
    }

    /** Where the schema is not known from above, an object within says itself what it is. */
    private @Nullable Shape shapeOf(@Nullable Node target, @Nullable Node patch) {
        Shape shape = shapeOf(target);
        return shape == null ? shapeOf(patch) : shape;
    }

    private @Nullable Shape shapeOf(@Nullable Node node) {
        if (node instanceof MapNode map) {
            String apiVersion = map.getText("apiVersion");
            String kind = map.getText("kind");
            return apiVersion == null || kind == null ? null : schema.get().shapeOf(apiVersion, kind);
        }
        return null;
    }

    private static void checkSameKind(@Nullable Node target, @Nullable Node patch, String path) {
        boolean same = target == null
                || patch == null
                || target.isNull()
                || patch.isNull()
                || target.getClass() == patch.getClass();
        if (!same) {
            throw PatchProblem.at(
                    path,
                    "the patch has " + PatchProblem.kindOf(patch) + " where the object has "
                            + PatchProblem.kindOf(target));
        }
    }

    private static void addKeys(MapNode map, Set<String> keys) {
        for (int i = 0; i < map.size(); i++) {
            keys.add(map.keyAt(i));
        }
    }

    static String path(String parent, String key) {
        return parent.isEmpty() ? key : parent + "." + key;
    }
}
