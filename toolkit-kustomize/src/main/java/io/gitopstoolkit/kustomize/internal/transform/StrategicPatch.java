package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.patch.StrategicMerge;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.resource.SharedScalars.Place;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One strategic merge patch, and how it is merged into a resource. */
final class StrategicPatch {
    private final Resource patch;
    private final StrategicMerge merge;
    private final boolean allowNameChange;
    private final boolean allowKindChange;

    StrategicPatch(Resource patch, StrategicMerge merge, boolean allowNameChange, boolean allowKindChange) {
        this.patch = patch;
        this.merge = merge;
        this.allowNameChange = allowNameChange;
        this.allowKindChange = allowKindChange;
        if (allowNameChange || allowKindChange) {
            // Kustomize notes these options in the patch's annotations, which makes each of them a string.
            stringify(patch.root(), "annotations");
        }
    }

    /** Which resource it is for, where nothing else says so. */
    Resource identity() {
        return patch;
    }

    /** Merges it into the resource that it names. */
    void apply(Resource target) {
        merge(target, patch.root());
    }

    /** Merges it into a resource that was selected otherwise; its labels and annotations count as strings then. */
    void applySelected(Resource target) {
        MapNode content = patch.root().copy();
        stringify(content, "labels");
        stringify(content, "annotations");
        String apiVersion = target.apiVersion();
        if (!apiVersion.isEmpty()) {
            content.put("apiVersion", ScalarNode.plain(apiVersion));
        }
        merge(target, content);
    }

    private void merge(Resource target, MapNode content) {
        MapNode root = target.root();
        Node kind = root.get("kind");
        Node name = root.find("metadata", "name");
        Node namespace = root.find("metadata", "namespace");
        if (allowNameChange || allowKindChange) {
            target.rememberId();
        }
        boolean forgets = forgetsAnnotations(content);
        List<Place> places = target.shared().places(root);
        MapNode merged = merged(target, content);
        if (merged == null || merged.isEmpty()) {
            target.delete();
            return;
        }
        if (places != null) {
            target.shared().settle(places);
        }
        if (forgets) {
            target.forgetHistory();
        }
        if (!allowKindChange) {
            restore(merged, "kind", kind);
        }
        if (!allowNameChange) {
            restore(target.metadata(), "name", name);
        }
        restore(target.metadata(), "namespace", Scalars.text(namespace).isEmpty() ? null : namespace);
    }

    private @Nullable MapNode merged(Resource target, MapNode content) {
        try {
            return merge.apply(target.root(), content);
        } catch (KustomizeException e) {
            throw new KustomizeException(e.why(), target + ": " + e.getMessage(), e);
        }
    }

    private static void restore(MapNode map, String key, @Nullable Node value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** Whether the patch takes away all annotations, and with them what kustomize keeps in some. */
    private static boolean forgetsAnnotations(MapNode content) {
        Node metadata = content.get("metadata");
        if (!(metadata instanceof MapNode map)) {
            return metadata != null;
        }
        Node annotations = map.get("annotations");
        return map.has("$patch")
                || (annotations != null && annotations.isNull())
                || (annotations instanceof MapNode entries && entries.has("$patch"));
    }

    private static void stringify(MapNode content, String field) {
        if (content.find("metadata", field) instanceof MapNode map && !map.isEmpty()) {
            for (int i = 0; i < map.size(); i++) {
                map.setValueAt(i, ScalarNode.string(Scalars.rawText(map.valueAt(i))));
            }
        } else if (content.get("metadata") instanceof MapNode metadata) {
            metadata.remove(field);
        }
    }
}
