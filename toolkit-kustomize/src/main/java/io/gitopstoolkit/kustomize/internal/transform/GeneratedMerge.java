package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.ID_CONFLICT;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Behavior;
import io.gitopstoolkit.kustomize.internal.resource.History;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds a generated resource to others, or merges it into the one of its id, as its behavior says. */
public final class GeneratedMerge {
    private GeneratedMerge() {}

    /**
     * Adds a generated resource.
     *
     * @throws KustomizeException if there is one of its id and it is to be new, or the other way about
     */
    public static void absorb(ResourceSet resources, Resource generated) {
        ResourceId id = generated.id();
        List<Resource> matches = resources.withId(id);
        Behavior behavior = generated.history().behavior();
        if (matches.isEmpty()) {
            if (behavior != Behavior.CREATE) {
                throw new KustomizeException(ID_CONFLICT, "id " + id + " does not exist; cannot merge or replace");
            }
            resources.add(generated);
            return;
        }
        if (matches.size() > 1) {
            throw new KustomizeException(ID_CONFLICT, "found multiple objects that could accept merge of " + id);
        }
        if (behavior == Behavior.CREATE) {
            throw new KustomizeException(
                    ID_CONFLICT, "id " + id + " exists; behavior must be merge or replace, not create");
        }
        Resource old = matches.get(0);
        merge(old, generated, behavior);
        resources.changed(old);
    }

    private static void merge(Resource old, Resource generated, Behavior behavior) {
        MapNode root = generated.root();
        MapNode metadata = generated.metadata();
        union(metadata, "labels", old.labels(), generated.labels());
        union(metadata, "annotations", old.annotations(), generated.annotations());
        metadata.put("name", ScalarNode.plain(old.name()));
        if (old.namespace().isEmpty()) {
            metadata.remove("namespace");
        } else {
            metadata.put("namespace", ScalarNode.plain(old.namespace()));
        }
        History history = old.history();
        history.needsHash(history.needsHash() && generated.history().needsHash());
        if (behavior == Behavior.MERGE) {
            union(root, "data", old.root().getMap("data"), root.getMap("data"));
            union(root, "binaryData", old.root().getMap("binaryData"), root.getMap("binaryData"));
        } else if (generated.history().origin() != null) {
            history.origin(generated.history().origin());
        }
        old.replaceRoot(root);
    }

    /** Sets a field to the entries of two maps, those of the second first; none is left where both are empty. */
    private static void union(MapNode parent, String field, @Nullable MapNode first, @Nullable MapNode second) {
        var entries = new TreeMap<String, String>();
        for (MapNode map :
                new MapNode[] {first == null ? new MapNode() : first, second == null ? new MapNode() : second}) {
            for (int i = 0; i < map.size(); i++) {
                Node value = map.valueAt(i);
                entries.put(map.keyAt(i), Scalars.rawText(value));
            }
        }
        parent.remove(field);
        if (!entries.isEmpty()) {
            var merged = new MapNode(entries.size());
            entries.forEach((key, text) -> merged.append(key, ScalarNode.string(text)));
            parent.put(field, merged);
        }
    }
}
