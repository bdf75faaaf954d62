package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker.Leaf;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Changes names by a rule and keeps in mind what they were. */
final class AffixSetter {
    /** Names with a meaning beyond the object itself. */
    private static final List<Gvk> KEPT = List.of(
            new Gvk("", "", "CustomResourceDefinition"),
            new Gvk("apiregistration.k8s.io", "", "APIService"),
            new Gvk("", "", "Namespace"));

    private final List<FieldSpec> fields;
    private final UnaryOperator<String> rename;
    private final Consumer<Resource> note;

    AffixSetter(List<FieldSpec> fields, UnaryOperator<String> rename, Consumer<Resource> note) {
        this.fields = fields;
        this.rename = rename;
        this.note = note;
    }

    void transform(ResourceSet resources) {
        for (Resource resource : resources.list()) {
            ResourceId original = resource.originalId();
            if (isKept(original)) {
                continue;
            }
            for (FieldSpec field : fields) {
                if (original.isSelectedBy(field.kinds())) {
                    apply(resource, field);
                    resources.changed(resource);
                }
            }
        }
    }

    private static boolean isKept(ResourceId id) {
        for (Gvk kind : KEPT) {
            if (id.isSelectedBy(kind)) {
                return true;
            }
        }
        return false;
    }

    private void apply(Resource resource, FieldSpec field) {
        if (field.path().equals("metadata/name")) {
            note.accept(resource);
        }
        FieldWalker.walk(
                resource,
                field,
                Leaf.SCALAR,
                value -> Scalars.retypedScalar(value, rename.apply(Scalars.rawText(value))));
    }
}
