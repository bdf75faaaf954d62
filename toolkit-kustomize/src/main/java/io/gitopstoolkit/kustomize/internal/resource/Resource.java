package io.gitopstoolkit.kustomize.internal.resource;

import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resource while it is built: its content, and what kustomize keeps in annotations of its own, such as the names
 * that it had. Ids are computed once and kept until {@link #idChanged}.
 */
public final class Resource {
    private final Scopes scopes;
    private final SharedScalars shared = new SharedScalars();
    private MapNode root;
    private final List<String> variables = new ArrayList<>(0);
    private boolean deleted;
    private History history = new History();
    private @Nullable ResourceId id;
    private int position;

    /** A resource with this content, which it takes over. */
    public Resource(MapNode root, Scopes scopes) {
        this.root = root;
        this.scopes = scopes;
        InternalAnnotations.absorb(this);
    }

    /** The content. */
    public MapNode root() {
        return root;
    }

    /** Puts other content in the place of all there was. */
    public void replaceRoot(MapNode content) {
        root = content;
        shared.forget();
        idChanged();
    }

    /** Where it stands among the resources of its set: more for what comes later. */
    public int position() {
        return position;
    }

    void position(int place) {
        position = place;
    }

    /** What it was called, and how it was made. */
    public History history() {
        return history;
    }

    /**
     * Makes sure that there are annotations where kustomize has some: it keeps notes in them while it builds, so that
     * more can be added where the resource itself has none.
     */
    public void showAnnotations() {
        if (history.isAnnotated()) {
            metadata().mapFor("annotations");
        }
    }

    /** Marks it as deleted by a patch; the set drops it when the transformer is done. */
    public void delete() {
        deleted = true;
    }

    /** Whether a patch deleted it, or left nothing of it. */
    public boolean isDeleted() {
        return deleted || root.isEmpty();
    }

    /** The kind, or nothing. */
    public String kind() {
        return text(root.get("kind"));
    }

    /** The API version, or nothing. */
    public String apiVersion() {
        return text(root.get("apiVersion"));
    }

    /** The name, or nothing. */
    public String name() {
        return metadataText("name");
    }

    /** The namespace as it is written, or nothing. */
    public String namespace() {
        return metadataText("namespace");
    }

    /** The labels, in the order of the document. */
    public @Nullable MapNode labels() {
        return root.find("metadata", "labels") instanceof MapNode map ? map : null;
    }

    /** The annotations, in the order of the document. */
    public @Nullable MapNode annotations() {
        return root.find("metadata", "annotations") instanceof MapNode map ? map : null;
    }

    /** Group, version and kind. */
    public Gvk gvk() {
        return Gvk.of(apiVersion(), kind());
    }

    /** What tells it from others now. */
    public ResourceId id() {
        ResourceId current = id;
        if (current == null) {
            Gvk gvk = gvk();
            String scope = scopes.isClusterScoped(apiVersion(), gvk.kind())
                    ? ResourceId.CLUSTER
                    : ResourceId.effectiveNamespace(namespace());
            current = new ResourceId(gvk.group(), gvk.version(), gvk.kind(), name(), scope);
            id = current;
        }
        return current;
    }

    /** To be called when the kind, API version, name or namespace may be another. */
    public void idChanged() {
        id = null;
    }

    /** The first id that it had in this build, under its API version of now. */
    public ResourceId originalId() {
        return history.names().isEmpty() ? id() : history.names().get(0).id(gvk().group(), gvk().version());
    }

    /** Every id that it had before the current one, the oldest first, under its API version of now. */
    public List<ResourceId> previousIds() {
        if (history.names().isEmpty()) {
            return List.of();
        }
        Gvk gvk = gvk();
        var ids = new ArrayList<ResourceId>(history.names().size());
        for (History.Name name : history.names()) {
            ids.add(name.id(gvk.group(), gvk.version()));
        }
        return ids;
    }

    /** Whether it has the id, or had it. */
    public boolean hasOrHadId(ResourceId other) {
        return id().equals(other) || previousIds().contains(other);
    }

    /** Keeps the current id among those that it had. */
    public void rememberId() {
        ResourceId current = id();
        history.add(current.kind(), current.name(), current.namespace());
    }

    /** Forgets what it was called: for a patch that takes away the annotations that kustomize keeps it in. */
    public void forgetHistory() {
        history = new History();
    }

    /** Takes over what another resource was called. */
    public void takeHistory(Resource other) {
        history = other.history;
    }

    /** The names of the variables that stand for one of its fields. */
    public List<String> variables() {
        return variables;
    }

    /** Scalars that stand in several places at once. */
    public SharedScalars shared() {
        return shared;
    }

    /**
     * Sets the value at a position of one of its maps. Where the scalar that was there stands in several places at
     * once, all of them get the new one.
     */
    public void set(MapNode map, int position, Node value) {
        Node old = map.valueAt(position);
        if (old instanceof ScalarNode scalar && shared.holds(scalar)) {
            shared.replace(root, scalar, value);
        } else {
            map.setValueAt(position, value);
        }
    }

    /** Sets the name. */
    public void setName(String name) {
        MapNode metadata = metadata();
        int position = metadata.indexOf("name");
        if (position < 0) {
            metadata.append("name", ScalarNode.plain(name));
        } else {
            metadata.setValueAt(position, Scalars.retyped(metadata.valueAt(position), name));
        }
        idChanged();
    }

    /** The metadata, put there empty where there is none. */
    public MapNode metadata() {
        MapNode metadata = root.mapFor("metadata");
        if (metadata == null) {
            metadata = new MapNode();
            root.put("metadata", metadata);
        }
        return metadata;
    }

    /** The id alone: content may be secret. */
    @Override
    public String toString() {
        return id().toString();
    }

    private String metadataText(String key) {
        return root.get("metadata") instanceof MapNode metadata ? Scalars.text(metadata.get(key)) : "";
    }

    private static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.text() : "";
    }
}
