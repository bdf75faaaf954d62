package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What resources were like before a validator went over them, which is to leave them as they are. Kustomize compares
 * nodes with all that it knows of them, such as the line that they stood on, so that writing what is there already
 * counts as a change.
 */
@SuppressWarnings("ReferenceEquality") // which node it is tells whether it was written
final class ResourceSnapshot {
    private static final String VALIDATED_BY = "validated-by";

    private final Map<ResourceId, State> states = new HashMap<>();

    ResourceSnapshot(ResourceSet resources) {
        for (Resource resource : resources.list()) {
            states.put(resource.id(), new State(resource.root(), resource.root().copy(), notes(resource)));
        }
    }

    /**
     * A resource.
     *
     * @param root which map holds its content
     * @param content a copy of the content, the scalars the same
     * @param notes how much was known of its history, which only grows
     */
    private record State(MapNode root, MapNode content, int notes) {}

    /**
     * Compares.
     *
     * @param rewritable whether what is as it was may have been written anew
     * @throws KustomizeException if one resource is another now, or was added or removed
     */
    void checkUnchanged(ResourceSet resources, boolean rewritable) {
        for (Resource resource : resources.list()) {
            State before = states.get(resource.id());
            if (before == null || before.notes != notes(resource) || !isSame(before, resource, rewritable)) {
                throw changed(resource.toString());
            }
        }
        if (resources.size() != states.size()) {
            throw changed("how many there are");
        }
    }

    private static boolean isSame(State before, Resource resource, boolean rewritable) {
        MapNode content = withoutLabel(resource.root());
        MapNode old = before.content;
        return rewritable ? content.equals(old) : before.root == resource.root() && sameNodes(content, old);
    }

    private static int notes(Resource resource) {
        return resource.history().names().size()
                + resource.history().prefixes().size()
                + resource.history().suffixes().size();
    }

    /** Without the label that a validator may leave. */
    private static MapNode withoutLabel(MapNode root) {
        if (!(root.find("metadata", "labels") instanceof MapNode labels) || !labels.has(VALIDATED_BY)) {
            return root;
        }
        MapNode copy = root.copy();
        if (copy.get("metadata") instanceof MapNode metadata && metadata.get("labels") instanceof MapNode rest) {
            rest.remove(VALIDATED_BY);
            if (rest.isEmpty()) {
                metadata.remove("labels");
            }
        }
        return copy;
    }

    private static boolean sameNodes(Node a, @Nullable Node b) {
        if (a instanceof MapNode map) {
            if (!(b instanceof MapNode other) || map.size() != other.size()) {
                return false;
            }
            for (int i = 0; i < map.size(); i++) {
                if (!map.keyAt(i).equals(other.keyAt(i)) || !sameNodes(map.valueAt(i), other.valueAt(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof ListNode list) {
            if (!(b instanceof ListNode other) || list.size() != other.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!sameNodes(list.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a == b;
    }

    private static KustomizeException changed(String what) {
        return new KustomizeException(
                TRANSFORM_FAILED, "validator shouldn't modify the resource map, and changed " + what);
    }
}
