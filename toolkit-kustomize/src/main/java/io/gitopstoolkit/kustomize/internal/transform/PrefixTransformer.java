package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import java.util.List;

/** Puts a prefix before names. */
public final class PrefixTransformer implements Transformer {
    private final AffixSetter setter;

    /** Puts this prefix before the names in these fields. */
    public PrefixTransformer(String prefix, List<FieldSpec> fields) {
        setter = new AffixSetter(fields, name -> prefix + name, resource -> {
            resource.history().addPrefix(prefix);
            if (!prefix.isEmpty()) {
                resource.rememberId();
            }
        });
    }

    @Override
    public void transform(ResourceSet resources) {
        setter.transform(resources);
    }
}
