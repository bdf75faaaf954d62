package io.gitopstoolkit.kustomize.internal.field;

import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A list of fields, and which of them each kind has: found out once for a kind. Not safe for several threads. */
public final class KindFields {
    private final List<FieldSpec> fields;
    private final Map<Gvk, List<FieldSpec>> byKind = new HashMap<>();

    /** These fields. */
    public KindFields(List<FieldSpec> fields) {
        this.fields = fields;
    }

    /** The fields that a resource of this id has, in the order of the list. */
    public List<FieldSpec> of(ResourceId id) {
        return byKind.computeIfAbsent(new Gvk(id.group(), id.version(), id.kind()), this::select);
    }

    private List<FieldSpec> select(Gvk kind) {
        var selected = new ArrayList<FieldSpec>();
        for (FieldSpec field : fields) {
            if (kind.isSelectedBy(field.kinds())) {
                selected.add(field);
            }
        }
        return selected;
    }
}
