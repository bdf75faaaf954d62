package io.gitopstoolkit.kustomize.internal.patch;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A patch of operations on paths. Immutable.
 *
 * <p>It follows the Go library that kustomize applies it with, where that leaves the RFC: {@code replace} and {@code copy}
 * take a key that is not there, negative positions count from a list's end, and each number of the patched object comes
 * out as a 64-bit float.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</a>
 */
public final class JsonPatch {
    private final List<JsonPatchOperation> operations;

    private JsonPatch(List<JsonPatchOperation> operations) {
        this.operations = operations;
    }

    /**
     * Reads a patch, a list of operations in JSON or YAML.
     *
     * @param name of the patch, for errors
     * @throws KustomizeException if the text is no such list
     */
    public static JsonPatch parse(String text, String name, YamlReader reader) {
        Node root = reader.readOne(text, name, Dialect.CONFIGURATION);
        if (!(root instanceof ListNode list)) {
            throw new KustomizeException(Reason.PATCH_FAILED, name + ": a JSON patch is a list of operations");
        }
        return of(list, text, name);
    }

    /**
     * A patch from a list of operations.
     *
     * @param text that the list was read from: where it begins with a bracket, it must be JSON and not only YAML
     * @param name of the patch, for errors
     * @throws KustomizeException if an item of the list is no map, or the text is not the JSON that it seems to be
     */
    public static JsonPatch of(ListNode list, String text, String name) {
        if (text.startsWith("[") && !StrictJson.isValid(text)) {
            throw new KustomizeException(
                    Reason.PATCH_FAILED,
                    name
                            + ": a patch that begins with [ must be JSON; write it as a list of YAML, with dashes, or mend it");
        }
        var operations = new ArrayList<JsonPatchOperation>(list.size());
        for (Node item : list) {
            if (!(item instanceof MapNode map)) {
                throw new KustomizeException(
                        Reason.PATCH_FAILED, name + ": operation " + (operations.size() + 1) + " is no map");
            }
            operations.add(new JsonPatchOperation(map));
        }
        return new JsonPatch(List.copyOf(operations));
    }

    /** Whether there is no operation. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /**
     * The patched object; the given one may be changed in part when an operation fails.
     *
     * @throws KustomizeException with {@code PATCH_FAILED} that names the operation and the path
     */
    public MapNode apply(MapNode target) {
        MapNode root = target;
        int number = 0;
        for (JsonPatchOperation operation : operations) {
            number++;
            try {
                root = operation.apply(root);
            } catch (JsonPatchException e) {
                throw new KustomizeException(
                        Reason.PATCH_FAILED, "operation " + number + ", " + operation + ": " + e.getMessage());
            }
        }
        return JsonValues.normalize(root);
    }

    /** Why an operation does not apply. */
    @SuppressWarnings("serial") // never leaves this package
    static final class JsonPatchException extends RuntimeException {
        JsonPatchException(String what) {
            super(what, null, false, false);
        }
    }
}
