package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeOverrides;
import io.gitopstoolkit.kustomize.KustomizeOverrides.Image;
import io.gitopstoolkit.kustomize.KustomizeOverrides.Patch;
import io.gitopstoolkit.kustomize.KustomizeOverrides.Target;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kustomization file with overrides put onto it, in the order and with the rules of Flux's controller. */
final class FluxKustomization {
    private static final List<String> REMOTE =
            List.of("git::", "gh:", "ssh://", "https://", "http://", "git@", "github.com:", "github.com/");

    private final MapNode file;
    private final KustomizeOverrides overrides;
    private final Directory directory;

    private FluxKustomization(MapNode file, KustomizeOverrides overrides, Directory directory) {
        this.file = file;
        this.overrides = overrides;
        this.directory = directory;
    }

    /**
     * The file with the overrides.
     *
     * @param file a map as it was read, or one that was generated
     * @param generated whether it was
     */
    static MapNode of(@Nullable Node file, boolean generated, KustomizeOverrides overrides, Directory directory) {
        MapNode known = known(file == null || file.isNull() ? new MapNode() : file, "", Kustomization.KNOWN);
        if (!known.has("apiVersion")) {
            known.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
        }
        if (!known.has("kind")) {
            known.put("kind", "Kustomization");
        }
        var kustomization = new FluxKustomization(known, overrides, directory);
        if (!generated && kustomization.list("resources").isEmpty()) {
            known.put("buildMetadata", texts(List.of("originAnnotations")));
        }
        kustomization.override();
        return known;
    }

    /** A map with the names of its fields as kustomize writes them, without those that it does not know. */
    private static MapNode known(Node node, String path, Set<String> names) {
        Fields fields = Fields.lenient(node, path, names);
        var known = new MapNode();
        for (String name : names) {
            Node value = fields.get(name);
            if (value != null) {
                known.put(name, value);
            }
        }
        return known;
    }

    private void override() {
        put("namespace", overrides.targetNamespace());
        put("namePrefix", overrides.namePrefix());
        put("nameSuffix", overrides.nameSuffix());
        for (Patch patch : overrides.patches()) {
            append("patches", patch(patch));
        }
        for (String component : overrides.components()) {
            addComponent(component);
        }
        overrideImages();
        if (!overrides.buildMetadata().isEmpty()) {
            file.put("buildMetadata", texts(overrides.buildMetadata()));
        }
    }

    private void put(String name, @Nullable String value) {
        if (value != null) {
            file.put(name, value);
        }
    }

    private void append(String name, Node item) {
        ListNode list = list(name);
        list.add(item);
        file.put(name, list);
    }

    private ListNode list(String name) {
        Node value = file.get(name);
        if (value == null) {
            return new ListNode();
        }
        if (value instanceof ListNode list) {
            return list;
        }
        throw new KustomizeException(INVALID_KUSTOMIZATION, name + " must be a list");
    }

    private static MapNode patch(Patch patch) {
        var entry = new MapNode();
        entry.put("patch", patch.patch());
        Target target = patch.target();
        if (target != null) {
            var selector = new MapNode();
            selector.put("group", target.group());
            selector.put("version", target.version());
            selector.put("kind", target.kind());
            selector.put("name", target.name());
            selector.put("namespace", target.namespace());
            selector.put("labelSelector", target.labelSelector());
            selector.put("annotationSelector", target.annotationSelector());
            entry.put("target", selector);
        }
        return entry;
    }

    private void addComponent(String path) {
        if (!isLocal(path)) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION, "component path '" + path + "' must be local and relative");
        }
        if (!overrides.ignoreMissingComponents() || directory.exists(path)) {
            append("components", ScalarNode.string(path));
        }
    }

    private static boolean isLocal(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        boolean remote =
                REMOTE.stream().anyMatch(prefix -> lower.length() > prefix.length() && lower.startsWith(prefix));
        return !remote && !path.startsWith("/") && !lower.startsWith("file:///");
    }

    private void overrideImages() {
        if (overrides.images().isEmpty()) {
            return;
        }
        var images = new ListNode();
        for (Node image : list("images")) {
            images.add(known(image.isNull() ? new MapNode() : image, "images", Kustomization.IMAGE));
        }
        for (Image image : overrides.images()) {
            MapNode entry = entry(images, image.name());
            if (!image.newName().isEmpty()) {
                entry.put("newName", image.newName());
            }
            if (!image.newTag().isEmpty() || !image.digest().isEmpty()) {
                entry.put("newTag", image.newTag());
                entry.put("digest", image.digest());
            }
        }
        file.put("images", images);
    }

    /** The first entry of a name, which is added where there is none. */
    private static MapNode entry(ListNode images, String name) {
        for (Node image : images) {
            if (image instanceof MapNode map && name.equals(nameOf(map))) {
                return map;
            }
        }
        var added = new MapNode();
        added.put("name", name);
        images.add(added);
        return added;
    }

    private static String nameOf(MapNode image) {
        return image.get("name") instanceof ScalarNode scalar ? scalar.stringValue() : "";
    }

    private static ListNode texts(List<String> texts) {
        var list = new ListNode();
        texts.forEach(text -> list.add(ScalarNode.string(text)));
        return list;
    }
}
