package io.gitopstoolkit.kustomize.internal.field;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a resource that a {@link FieldSpec} names, through every item of lists on the way, and lets a
 * {@link Change} set them. Null on the way ends it; something else that is neither map nor list is an error.
 */
public final class FieldWalker {
    private static final ScalarNode BLANK = ScalarNode.of("", ScalarType.STRING, ScalarStyle.PLAIN);

    private final Resource resource;
    private final FieldSpec spec;
    private final Leaf leaf;
    private final Change change;

    private FieldWalker(Resource resource, FieldSpec spec, Leaf leaf, Change change) {
        this.resource = resource;
        this.spec = spec;
        this.leaf = leaf;
        this.change = change;
    }

    /** What to put where the last field of a path is missing and the spec says to create it. */
    public enum Leaf {
        /** Nothing; nor is anything on the way created. */
        NONE,
        /** An empty scalar. */
        SCALAR,
        /** An empty map. */
        MAP
    }

    /** Sets one field. */
    @FunctionalInterface
    public interface Change {
        /** The value to put in the place of {@code value}, or {@code value} itself where it is to stay. */
        Node apply(Node value);
    }

    /**
     * Changes the fields of a resource, if it is of the spec's kinds.
     *
     * @throws KustomizeException if something on the way is neither map nor list
     */
    public static void walk(Resource resource, FieldSpec spec, Leaf leaf, Change change) {
        if (resource.id().isSelectedBy(spec.kinds())) {
            walkAnyKind(resource, spec, leaf, change);
        }
    }

    /**
     * Changes the fields of a resource, of whatever kind it is.
     *
     * @throws KustomizeException if something on the way is neither map nor list
     */
    public static void walkAnyKind(Resource resource, FieldSpec spec, Leaf leaf, Change change) {
        if (spec.isAnnotation()) {
            resource.showAnnotations();
        }
        new FieldWalker(resource, spec, leaf, change).descend(resource.root(), 0);
    }

    private void descend(Node node, int depth) {
        if (node instanceof MapNode map) {
            descendMap(map, depth);
        } else if (node instanceof ListNode list) {
            for (int i = 0; i < list.size(); i++) {
                descend(list.get(i), depth);
            }
        } else if (!node.isNull()) {
            throw new KustomizeException(
                    TRANSFORM_FAILED,
                    resource + ": the field '" + spec.path()
                            + "' cannot be reached: expected sequence or mapping node on the way");
        }
    }

    private void descendMap(MapNode map, int depth) {
        List<FieldSpec.Step> steps = spec.steps();
        FieldSpec.Step step = steps.get(depth);
        if (step.name().isEmpty()) {
            throw new KustomizeException(
                    TRANSFORM_FAILED, resource + ": cannot set or create an empty field name in '" + spec.path() + "'");
        }
        if (step.isPosition()) {
            throw new KustomizeException(
                    TRANSFORM_FAILED,
                    resource + ": '" + step.name() + "' in '" + spec.path()
                            + "' names an item of a list, and there is a map");
        }
        boolean last = depth == steps.size() - 1;
        int position = map.indexOf(step.name());
        Node made = made(step, last);
        if (position < 0) {
            if (made == null || step.isList()) {
                return;
            }
            position = map.size();
            map.append(step.name(), made);
        } else if (made != null && map.valueAt(position).isNull()) {
            map.setValueAt(position, made);
        }
        Node value = map.valueAt(position);
        if (!last) {
            descend(value, depth + 1);
            return;
        }
        Node changed = change.apply(value);
        if (changed != value) {
            resource.set(map, position, changed);
        }
    }

    /** What a missing or null field becomes; null where it stays as it is. */
    private @Nullable Node made(FieldSpec.Step step, boolean last) {
        if (step.isList()) {
            return new ListNode();
        }
        if (!spec.create() || leaf == Leaf.NONE) {
            return null;
        }
        return last && leaf == Leaf.SCALAR ? BLANK : new MapNode();
    }
}
