package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker;
import io.gitopstoolkit.kustomize.internal.field.KindFields;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Sets entries of the maps in certain fields. */
final class EntrySetter {
    private final SortedMap<String, String> entries;
    private final KindFields fields;

    EntrySetter(SortedMap<String, String> entries, List<FieldSpec> fields) {
        this.entries = entries;
        this.fields = new KindFields(fields);
    }

    void apply(Resource resource) {
        List<FieldSpec> ofKind = fields.of(resource.id());
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            new OneEntry(resource, entry.getKey(), entry.getValue()).setIn(ofKind);
        }
    }

    /** One entry of one resource: every field where it is new gets the same scalar. */
    private static final class OneEntry {
        private final Resource resource;
        private final String key;
        private final ScalarNode value;
        private int places;

        OneEntry(Resource resource, String key, String text) {
            this.resource = resource;
            this.key = key;
            this.value = ScalarNode.string(text);
        }

        void setIn(List<FieldSpec> fields) {
            for (FieldSpec field : fields) {
                FieldWalker.walkAnyKind(resource, field, FieldWalker.Leaf.MAP, target -> {
                    // Kustomize reads annotations even where it added them to a null.
                    Node place = target.isNull() && field.isAnnotation() ? new MapNode() : target;
                    set(place, field);
                    return place;
                });
            }
        }

        private void set(Node target, FieldSpec field) {
            if (target.isNull()) {
                return;
            }
            if (!(target instanceof MapNode map)) {
                throw new KustomizeException(
                        TRANSFORM_FAILED,
                        resource + ": the field '" + field.path() + "' is not a map, '" + key
                                + "' cannot be set in it");
            }
            int position = map.indexOf(key);
            if (position >= 0) {
                if (map.valueAt(position) != value) {
                    resource.set(map, position, ScalarNode.string(value.text()));
                }
                return;
            }
            if (ScalarResolver.typeOf(key) != ScalarType.STRING) {
                throw new KustomizeException(
                        TRANSFORM_FAILED,
                        resource + ": the key '" + key
                                + "' would be read as something else than a string; name it otherwise");
            }
            map.append(key, value);
            places++;
            if (places == 2) {
                resource.shared().add(value);
            }
        }
    }
}
