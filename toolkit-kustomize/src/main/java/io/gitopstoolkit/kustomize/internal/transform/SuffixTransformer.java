package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import java.util.List;

/** Puts a suffix behind names. */
public final class SuffixTransformer implements Transformer {
    private final AffixSetter setter;

    /** Puts this suffix behind the names in these fields. */
    public SuffixTransformer(String suffix, List<FieldSpec> fields) {
        setter = new AffixSetter(fields, name -> name + suffix, resource -> {
            resource.history().addSuffix(suffix);
            if (!suffix.isEmpty()) {
                resource.rememberId();
            }
        });
    }

    @Override
    public void transform(ResourceSet resources) {
        setter.transform(resources);
    }
}
