package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker.Leaf;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import java.util.List;

/** Sets the number of replicas of what has, or had, a name. */
public final class ReplicaCountTransformer implements Transformer {
    private final String name;
    private final long count;
    private final List<FieldSpec> fields;

    /** Sets the count in these fields of what has the name. */
    public ReplicaCountTransformer(String name, long count, List<FieldSpec> fields) {
        this.name = name;
        this.count = count;
        this.fields = fields;
    }

    @Override
    public void transform(ResourceSet resources) {
        List<Resource> named = resources.withName(name);
        boolean found = false;
        for (FieldSpec field : fields) {
            for (Resource resource : named) {
                if (isMeant(resource, field.kinds())) {
                    found = true;
                    FieldWalker.walk(
                            resource, field, Leaf.SCALAR, value -> Scalars.retypedScalar(value, Long.toString(count)));
                }
            }
        }
        if (!found) {
            throw new KustomizeException(
                    TRANSFORM_FAILED,
                    "resource with name " + name + " does not match a config with the following GVK "
                            + fields.stream().map(FieldSpec::kinds).toList());
        }
    }

    private boolean isMeant(Resource resource, Gvk kinds) {
        return isMeant(resource.id(), kinds) || resource.previousIds().stream().anyMatch(id -> isMeant(id, kinds));
    }

    private boolean isMeant(ResourceId id, Gvk kinds) {
        return id.name().equals(name) && id.isSelectedBy(kinds);
    }
}
