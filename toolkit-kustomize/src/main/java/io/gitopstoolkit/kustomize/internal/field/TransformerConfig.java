package io.gitopstoolkit.kustomize.internal.field;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields that each transformer changes, those of a purpose in the order of their kinds. Immutable.
 *
 * <p>The order counts in a merge: a field that is given for all kinds comes after the same field for one kind, which
 * then takes its place, as in kustomize.
 */
public final class TransformerConfig {
    /** No fields. */
    public static final TransformerConfig EMPTY = new TransformerConfig(Map.of(), Map.of(), true);

    /** What kustomize knows of itself. */
    public static final TransformerConfig DEFAULT = FieldSpecTable.read();

    private final Map<Topic, List<FieldSpec>> specs;
    private final Map<Gvk, List<FieldSpec>> references;
    private final boolean isSorted;

    /** These fields and references. */
    public static TransformerConfig of(Map<Topic, List<FieldSpec>> specs, Map<Gvk, List<FieldSpec>> references) {
        return new TransformerConfig(specs, references, false);
    }

    /**
     * These fields and references.
     *
     * @param isSorted whether each list of fields is in the order of kinds
     */
    TransformerConfig(Map<Topic, List<FieldSpec>> specs, Map<Gvk, List<FieldSpec>> references, boolean isSorted) {
        this.specs = specs;
        this.references = references;
        this.isSorted = isSorted;
    }

    /** What a list of fields is for. */
    public enum Topic {
        /** Names that get a prefix. */
        NAME_PREFIX("namePrefix"),
        /** Names that get a suffix. */
        NAME_SUFFIX("nameSuffix"),
        /** Namespaces. */
        NAMESPACE("namespace"),
        /** Labels and selectors. */
        COMMON_LABELS("commonLabels"),
        /** Labels that {@code labels} adds to besides. */
        LABELS("labels"),
        /** Labels of objects and templates. */
        TEMPLATE_LABELS("templateLabels"),
        /** Annotations of objects and templates. */
        COMMON_ANNOTATIONS("commonAnnotations"),
        /** Fields with variables. */
        VAR_REFERENCE("varReference"),
        /** Images. */
        IMAGES("images"),
        /** Counts of replicas. */
        REPLICAS("replicas");

        private final String text;

        Topic(String text) {
            this.text = text;
        }

        /** The name of the list in a configuration file. */
        public String text() {
            return text;
        }
    }

    /** The fields for a purpose. */
    public List<FieldSpec> fields(Topic topic) {
        return specs.getOrDefault(topic, List.of());
    }

    /** Which fields refer to an object of a kind by its name, in the order in which they are set. */
    public Map<Gvk, List<FieldSpec>> references() {
        return references;
    }

    /**
     * These fields and those of another configuration.
     *
     * @throws KustomizeException if they differ on whether to create a field
     */
    public TransformerConfig merge(TransformerConfig other) {
        if (other == this || (this == EMPTY && other == DEFAULT)) {
            return other;
        }
        if (other == EMPTY && isSorted) {
            return this;
        }
        var merged = new EnumMap<Topic, List<FieldSpec>>(Topic.class);
        for (Topic topic : Topic.values()) {
            merged.put(topic, sorted(merge(fields(topic), sorted(other.fields(topic)))));
        }
        var mergedReferences = new TreeMap<Gvk, List<FieldSpec>>(references);
        other.references.forEach((target, fields) -> mergedReferences.merge(target, fields, TransformerConfig::merge));
        return new TransformerConfig(merged, mergedReferences, true);
    }

    private static List<FieldSpec> sorted(List<FieldSpec> fields) {
        var sorted = new ArrayList<>(fields);
        sorted.sort((a, b) -> a.kinds().compareTo(b.kinds()));
        return List.copyOf(sorted);
    }

    /**
     * A list of fields and those of another that it does not cover yet.
     *
     * @throws KustomizeException if they differ on whether to create a field
     */
    public static List<FieldSpec> merge(List<FieldSpec> fields, List<FieldSpec> more) {
        var merged = new ArrayList<>(fields);
        for (FieldSpec field : more) {
            add(merged, field);
        }
        return List.copyOf(merged);
    }

    private static void add(List<FieldSpec> fields, FieldSpec added) {
        for (FieldSpec field : fields) {
            if (field.covers(added)) {
                if (field.create() != added.create()) {
                    throw new KustomizeException(
                            INVALID_KUSTOMIZATION,
                            "conflicting fieldspecs: '" + added.path() + "' is given with create: " + added.create()
                                    + ", but stands with create: " + field.create() + " already");
                }
                return;
            }
        }
        fields.add(added);
    }
}
