package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_RESOURCE;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Makes resources of documents: checks that each is an object, and takes lists of objects apart. */
final class ResourceReader {
    private final Build build;

    ResourceReader(Build build) {
        this.build = build;
    }

    /**
     * The resources of a file.
     *
     * @param name of the file, for messages
     * @throws KustomizeException if a document is no object with a kind and a name
     */
    List<Resource> read(FileContent content, String name) {
        return resources(content.objects(build.yaml(), name), name);
    }

    /** The resources of a text. */
    List<Resource> read(String content, String name) {
        return resources(build.yaml().readResources(content, name), name);
    }

    private List<Resource> resources(List<MapNode> documents, String name) {
        Deque<MapNode> waiting = new ArrayDeque<>();
        for (Node document : unwrapped(documents)) {
            addObject(waiting, document, name);
        }
        var resources = new ArrayList<Resource>(waiting.size());
        while (!waiting.isEmpty()) {
            MapNode object = waiting.removeFirst();
            Node items = object.get("items");
            if (items == null || !Scalars.rawText(object.get("kind")).endsWith("List")) {
                var resource = new Resource(object, build.scopes());
                build.schema().note(resource);
                resources.add(resource);
            } else if (items instanceof ListNode list) {
                for (Node item : list) {
                    addObject(waiting, Node.of(item.toPlain()), name);
                }
            } else if (!items.isNull()) {
                throw new KustomizeException(
                        INVALID_RESOURCE,
                        name + ": expected array in " + Scalars.rawText(object.get("kind")) + "/items");
            }
        }
        return resources;
    }

    /** A file that is one {@code List} counts as its items. */
    private static Collection<? extends Node> unwrapped(List<MapNode> documents) {
        if (documents.size() == 1) {
            MapNode only = documents.get(0);
            String kind = Scalars.rawText(only.get("kind"));
            boolean isList = kind.equals("List") || kind.equals("ResourceList");
            if (isList && only.has("items")) {
                var items = new ArrayList<Node>();
                if (only.get("items") instanceof ListNode list) {
                    list.forEach(items::add);
                }
                return items;
            }
        }
        return documents;
    }

    private static void addObject(Collection<MapNode> objects, Node node, String name) {
        if (node.isNull() || (node instanceof MapNode map && map.isEmpty())) {
            return;
        }
        if (!(node instanceof MapNode object)) {
            throw new KustomizeException(INVALID_RESOURCE, name + ": an item of a list is no object");
        }
        String kind = Scalars.text(object.get("kind"));
        if (kind.isEmpty()) {
            throw new KustomizeException(INVALID_RESOURCE, name + ": missing kind in an object; each needs one");
        }
        if (!kind.endsWith("List")
                && Scalars.text(object.find("metadata", "name")).isEmpty()) {
            throw new KustomizeException(
                    INVALID_RESOURCE, name + ": missing metadata.name in a " + kind + "; each object needs one");
        }
        objects.add(object);
    }
}
