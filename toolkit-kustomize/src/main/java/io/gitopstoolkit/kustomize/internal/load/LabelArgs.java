package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * An entry of {@code labels}.
 *
 * @param pairs the labels
 * @param includeSelectors whether selectors and templates get them too
 * @param includeTemplates whether templates get them too
 * @param fields more fields that get them
 */
record LabelArgs(
        SortedMap<String, String> pairs, boolean includeSelectors, boolean includeTemplates, List<FieldSpec> fields) {
    static final Set<String> KNOWN = Set.of("pairs", "includeSelectors", "includeTemplates", "fields");

    private static final Set<String> FIELD_SPEC = Set.of("group", "version", "kind", "path", "create");
    private static final List<FieldSpec> METADATA =
            List.of(new FieldSpec(new Gvk("", "", ""), "metadata/labels", true));

    LabelArgs(Fields fields) {
        this(
                fields.textMap("pairs"),
                fields.flag("includeSelectors"),
                fields.flag("includeTemplates"),
                fields.objects("fields", FIELD_SPEC, ConfigurationFields::fieldSpec));
    }

    /** All fields that get the labels. */
    List<FieldSpec> targets(TransformerConfig config) {
        List<FieldSpec> targets = TransformerConfig.merge(fields, config.fields(Topic.LABELS));
        if (includeSelectors) {
            return TransformerConfig.merge(targets, config.fields(Topic.COMMON_LABELS));
        }
        if (includeTemplates) {
            targets = TransformerConfig.merge(targets, config.fields(Topic.TEMPLATE_LABELS));
        }
        return TransformerConfig.merge(targets, METADATA);
    }
}
