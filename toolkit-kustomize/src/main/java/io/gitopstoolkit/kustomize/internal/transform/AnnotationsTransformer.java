package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import java.util.List;
import java.util.SortedMap;

/** Sets annotations, in templates too. */
public final class AnnotationsTransformer implements Transformer {
    private final EntrySetter setter;

    /** Sets these annotations in these fields. */
    public AnnotationsTransformer(SortedMap<String, String> annotations, List<FieldSpec> fields) {
        setter = new EntrySetter(annotations, fields);
    }

    @Override
    public void transform(ResourceSet resources) {
        for (Resource resource : resources.list()) {
            setter.apply(resource);
        }
    }
}
