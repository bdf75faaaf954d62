package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import java.util.List;
import java.util.SortedMap;

/** Sets labels, in selectors and templates too where the fields say so. */
public final class LabelTransformer implements Transformer {
    private final EntrySetter setter;

    /** Sets these labels in these fields. */
    public LabelTransformer(SortedMap<String, String> labels, List<FieldSpec> fields) {
        setter = new EntrySetter(labels, fields);
    }

    @Override
    public void transform(ResourceSet resources) {
        for (Resource resource : resources.list()) {
            setter.apply(resource);
        }
    }
}
