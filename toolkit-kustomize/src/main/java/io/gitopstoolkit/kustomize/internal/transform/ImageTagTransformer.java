package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker.Leaf;
import io.gitopstoolkit.kustomize.internal.field.KindFields;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;

/** Changes the name, tag or digest of images. */
public final class ImageTagTransformer implements Transformer {
    private final Image image;
    private final KindFields fields;
    private final ImageName name;

    /** Changes an image in these fields, and in containers and init containers wherever they are. */
    public ImageTagTransformer(Image image, List<FieldSpec> fields) {
        this.image = image;
        this.name = new ImageName(image.name);
        this.fields = new KindFields(fields);
    }

    /**
     * What to make of an image.
     *
     * @param name which image
     * @param newName its name from now on, or nothing
     * @param newTag its tag from now on, or nothing
     * @param tagSuffix what to append to its tag, or nothing
     * @param digest its digest from now on, or nothing
     */
    public record Image(String name, String newName, String newTag, String tagSuffix, String digest) {}

    @Override
    public void transform(ResourceSet resources) {
        for (Resource resource : resources.list()) {
            if (resource.kind().equals("CustomResourceDefinition")) {
                continue;
            }
            search(resource, resource.root());
        }
        for (Resource resource : resources.list()) {
            if (resource.kind().equals("CustomResourceDefinition")) {
                continue;
            }
            for (FieldSpec field : fields.of(resource.id())) {
                FieldWalker.walkAnyKind(resource, field, Leaf.NONE, value -> changed(resource, value));
            }
        }
    }

    private void search(Resource resource, Node node) {
        if (node instanceof MapNode map) {
            for (int i = 0; i < map.size(); i++) {
                Node value = map.valueAt(i);
                if (value instanceof ScalarNode) {
                    continue;
                }
                search(resource, value);
                String key = map.keyAt(i);
                if (value instanceof ListNode list && (key.equals("containers") || key.equals("initContainers"))) {
                    list.forEach(container -> changeContainer(resource, container));
                }
            }
        } else if (node instanceof ListNode list) {
            for (int i = 0; i < list.size(); i++) {
                search(resource, list.get(i));
            }
        }
    }

    private void changeContainer(Resource resource, Node container) {
        if (container.isNull()) {
            return;
        }
        if (!(container instanceof MapNode map)) {
            throw new KustomizeException(
                    TRANSFORM_FAILED, resource + ": a container is not a map, its image cannot be changed");
        }
        int position = map.indexOf("image");
        if (position >= 0) {
            Node value = map.valueAt(position);
            Node changed = changed(resource, value);
            if (changed != value) {
                resource.set(map, position, changed);
            }
        }
    }

    private Node changed(Resource resource, Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            throw new KustomizeException(TRANSFORM_FAILED, resource + ": an image is not a scalar");
        }
        if (!name.matches(scalar.text())) {
            return scalar;
        }
        String renamed = renamed(scalar.text());
        return renamed.isEmpty() ? scalar : Scalars.retyped(scalar, renamed);
    }

    private String renamed(String text) {
        Parts parts = Parts.of(text);
        String name = image.newName.isEmpty() ? parts.name : image.newName;
        String tag = parts.tag;
        String digest = parts.digest;
        if (!image.newTag.isEmpty()) {
            tag = image.newTag;
            digest = image.digest;
        } else if (!image.digest.isEmpty()) {
            tag = "";
            digest = image.digest;
        } else if (!image.tagSuffix.isEmpty()) {
            tag += image.tagSuffix;
            digest = "";
        }
        return name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }

    /** The parts of {@code host:port/name:tag@digest}. */
    private record Parts(String name, String tag, String digest) {
        static Parts of(String image) {
            int slash = Math.max(image.indexOf('/'), 0);
            int colon = image.indexOf(':', slash);
            int at = image.indexOf('@', slash);
            if (colon < 0 && at < 0) {
                return new Parts(image, "", "");
            }
            if (at >= 0 && (colon < 0 || at < colon)) {
                return new Parts(image.substring(0, at), "", image.substring(at + 1));
            }
            if (at >= 0) {
                return new Parts(image.substring(0, colon), image.substring(colon + 1, at), image.substring(at + 1));
            }
            return new Parts(image.substring(0, colon), image.substring(colon + 1), "");
        }
    }
}
