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
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the names of now into the fields that refer to resources by names that they had. */
public final class NameReferenceTransformer implements Transformer {
    private final Map<Gvk, List<FieldSpec>> references;

    /** Sets these fields, each list with names of resources of its kind. */
    public NameReferenceTransformer(Map<Gvk, List<FieldSpec>> references) {
        this.references = references;
    }

    @Override
    public void transform(ResourceSet resources) {
        var candidates = new ReferralCandidates(resources.list());
        var fieldsByKind = new HashMap<Gvk, List<Reference>>();
        for (Resource referrer : resources.list()) {
            ResourceId original = referrer.originalId();
            var kind = new Gvk(original.group(), original.version(), original.kind());
            List<Reference> fields = fieldsByKind.computeIfAbsent(kind, this::fieldsOf);
            if (!fields.isEmpty()) {
                var update = new Update(referrer, candidates.seenBy(referrer));
                fields.forEach(update::apply);
            }
        }
    }

    private List<Reference> fieldsOf(Gvk kind) {
        var fields = new ArrayList<Reference>();
        references.forEach((target, specs) -> {
            for (FieldSpec spec : specs) {
                if (kind.isSelectedBy(spec.kinds())) {
                    fields.add(new Reference(target, spec));
                }
            }
        });
        return fields;
    }

    private record Reference(Gvk target, FieldSpec field) {}

    /** The references of one resource. */
    private record Update(Resource referrer, ReferralCandidates.View candidates) {
        void apply(Reference reference) {
            FieldWalker.walkAnyKind(referrer, reference.field, Leaf.NONE, value -> changed(reference, value));
        }

        private Node changed(Reference reference, Node value) {
            if (value instanceof ScalarNode scalar) {
                return named(reference, scalar);
            }
            if (value instanceof MapNode map) {
                setMap(reference, map);
            } else if (value instanceof ListNode list) {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i) instanceof ScalarNode scalar) {
                        list.set(i, named(reference, scalar));
                    } else if (list.get(i) instanceof MapNode map) {
                        setMap(reference, map);
                    } else {
                        throw failed(reference, "an item is neither a string nor a map");
                    }
                }
            }
            return value;
        }

        private ScalarNode named(Reference reference, ScalarNode value) {
            if (value.isNull()) {
                return value;
            }
            Resource target = candidates.byName(value.text(), reference.target, reference.field.path());
            return target == null || target.name().equals(value.text()) ? value : Scalars.retyped(value, target.name());
        }

        private void setMap(Reference reference, MapNode map) {
            Node name = map.get("name");
            if (name == null) {
                throw failed(reference, "path config error; no 'name' field in node");
            }
            String oldName = Scalars.rawText(name);
            Node namespace = map.get("namespace");
            String path = reference.field.path();
            Resource target = namespace == null
                    ? candidates.byNameAlike(oldName, reference.target, path)
                    : candidates.byNameAndNamespace(oldName, Scalars.rawText(namespace), reference.target, path);
            if (target == null) {
                return;
            }
            String targetNamespace = target.namespace();
            if (target.name().equals(oldName) && targetNamespace.isEmpty()) {
                return;
            }
            set(map, "name", target.name());
            if (!targetNamespace.isEmpty()) {
                set(map, "namespace", targetNamespace);
            }
        }

        private void set(MapNode map, String key, String text) {
            int position = map.indexOf(key);
            if (position < 0) {
                map.append(key, ScalarNode.string(text));
            } else {
                referrer.set(map, position, Scalars.retyped(map.valueAt(position), text));
            }
        }

        private KustomizeException failed(Reference reference, String why) {
            return new KustomizeException(
                    TRANSFORM_FAILED,
                    "updating name reference in '" + reference.field.path() + "' field of '" + referrer + "': " + why);
        }
    }
}
