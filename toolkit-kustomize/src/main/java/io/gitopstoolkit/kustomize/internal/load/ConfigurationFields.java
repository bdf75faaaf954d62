package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the files of {@code configurations}: more fields that transformers change. */
final class ConfigurationFields {
    private static final String REFERENCES = "nameReference";
    static final Set<String> FIELD_SPEC = Set.of("group", "version", "kind", "path", "create");
    private static final Set<String> REFERENCE = Set.of("group", "version", "kind", "fieldSpecs");

    private ConfigurationFields() {}

    /**
     * The fields that a file names.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if it has a list that kustomize does not know
     */
    static TransformerConfig read(@Nullable Node document, String path) {
        var known = new HashSet<String>();
        known.add(REFERENCES);
        for (Topic topic : Topic.values()) {
            known.add(topic.text());
        }
        Fields fields = Fields.of(document == null || document.isNull() ? new MapNode() : document, path, known);
        var specs = new EnumMap<Topic, List<FieldSpec>>(Topic.class);
        for (Topic topic : Topic.values()) {
            specs.put(topic, fields.objects(topic.text(), FIELD_SPEC, ConfigurationFields::fieldSpec));
        }
        Map<Gvk, List<FieldSpec>> references = new TreeMap<>();
        for (Reference reference : fields.objects(REFERENCES, REFERENCE, Reference::new)) {
            references.merge(reference.target, reference.fields, TransformerConfig::merge);
        }
        return TransformerConfig.of(specs, references);
    }

    /** One field. */
    static FieldSpec fieldSpec(Fields fields) {
        return new FieldSpec(gvk(fields), fields.text("path"), fields.flag("create"));
    }

    private static Gvk gvk(Fields fields) {
        return new Gvk(fields.exactText("group"), fields.exactText("version"), fields.exactText("kind"));
    }

    private record Reference(Gvk target, List<FieldSpec> fields) {
        Reference(Fields fields) {
            this(gvk(fields), fields.objects("fieldSpecs", FIELD_SPEC, ConfigurationFields::fieldSpec));
        }
    }
}
