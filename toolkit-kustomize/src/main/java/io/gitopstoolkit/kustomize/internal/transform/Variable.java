package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable: a name for a field of a resource.
 *
 * @param name what stands in {@code $(...)}
 * @param kind group, version and kind of the resource, each exact
 * @param object the name that the resource has or had
 * @param namespace the namespace that it has or had, or nothing for any
 * @param fieldPath the field
 */
public record Variable(String name, Gvk kind, String object, String namespace, String fieldPath) {
    /**
     * Marks the resource that the variable means, so that it is found under whatever name it gets.
     *
     * @throws KustomizeException if it could mean several
     */
    public void mark(ResourceSet resources) {
        List<Resource> matched =
                resources.withName(object).stream().filter(this::isMeant).toList();
        if (matched.size() > 1) {
            throw new KustomizeException(
                    TRANSFORM_FAILED,
                    "found " + matched.size() + " resId matches for var '" + name
                            + "' (unable to disambiguate); name the namespace in objref");
        }
        matched.forEach(resource -> resource.variables().add(name));
    }

    private boolean isMeant(Resource resource) {
        return isMeant(resource.id()) || resource.previousIds().stream().anyMatch(this::isMeant);
    }

    private boolean isMeant(ResourceId id) {
        return id.name().equals(object)
                && id.kind().equals(kind.kind())
                && id.group().equals(kind.group())
                && id.version().equals(kind.version())
                && (namespace.isEmpty() || id.namespace().equals(ResourceId.effectiveNamespace(namespace)));
    }

    /**
     * The value of the variable.
     *
     * @param marked the resource that it stands for
     * @throws KustomizeException if no resource is marked, or it does not have the field
     */
    Node value(@Nullable Resource marked) {
        if (marked == null) {
            throw new KustomizeException(
                    TRANSFORM_FAILED, "var '" + name + "' cannot be mapped to a field in the set of known resources");
        }
        Node value = ReplacementPath.ofVariable(fieldPath).lookup(marked.root());
        if (value == null || !isReadable(value)) {
            throw new KustomizeException(
                    TRANSFORM_FAILED,
                    "field specified in var '" + name + "' not found in corresponding resource " + marked + ": '"
                            + fieldPath + "'");
        }
        return value;
    }

    /** Of whole numbers, kustomize takes decimal ones alone. */
    private static boolean isReadable(Node value) {
        return !(value instanceof ScalarNode scalar)
                || scalar.type() != ScalarType.INT
                || scalar.text().matches("[+-]?[0-9]{1,18}");
    }
}
