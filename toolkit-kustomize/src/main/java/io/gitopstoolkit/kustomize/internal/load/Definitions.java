package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of {@code crds}: definitions of types, by name, whose properties say with extensions of OpenAPI which of
 * them hold annotations, label selectors, names, and names of other objects.
 */
final class Definitions {
    private static final String ANNOTATION = "x-kubernetes-annotation";
    private static final String LABEL_SELECTOR = "x-kubernetes-label-selector";
    private static final String IDENTITY = "x-kubernetes-identity";
    private static final String REFERENCE_VERSION = "x-kubernetes-object-ref-api-version";
    private static final String REFERENCE_KIND = "x-kubernetes-object-ref-kind";
    private static final String REFERENCE_NAME = "x-kubernetes-object-ref-name-key";

    /** Types may lie within each other, but not in a circle. */
    private static final int MAX_DEPTH = 100;

    private final MapNode types;
    private final Map<Topic, List<FieldSpec>> specs = new EnumMap<>(Topic.class);
    private final Map<Gvk, List<FieldSpec>> references = new TreeMap<>();

    private Definitions(MapNode types) {
        this.types = types;
    }

    /**
     * The fields that a file names.
     *
     * @throws KustomizeException if it holds no definitions, or types that contain themselves
     */
    static TransformerConfig read(@Nullable Node document, String path) {
        var definitions = new Definitions(document == null || document.isNull() ? new MapNode() : map(document, path));
        sorted(definitions.types).forEach(definitions::addType);
        return TransformerConfig.of(definitions.specs, definitions.references);
    }

    private void addType(String name) {
        MapNode properties = properties(name);
        if (properties.has("kind") && properties.has("apiVersion") && properties.has("metadata")) {
            var kind = new Gvk("", "", name.substring(name.lastIndexOf('.') + 1));
            addProperties(kind, name, "", 0);
        }
    }

    private void addProperties(Gvk kind, String type, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION, "the type '" + type + "' contains itself, at '" + path + "'");
        }
        MapNode properties = properties(type);
        for (String name : sorted(properties)) {
            String field = path.isEmpty() ? name : path + '/' + name;
            MapNode property = map(properties.get(name), type + "." + name);
            addMarks(kind, property, field);
            if (property.get("$ref") instanceof ScalarNode reference) {
                addProperties(kind, reference.text(), field, depth + 1);
            }
        }
    }

    private void addMarks(Gvk kind, MapNode property, String field) {
        addMark(kind, property, ANNOTATION, Topic.COMMON_ANNOTATIONS, field);
        addMark(kind, property, LABEL_SELECTOR, Topic.COMMON_LABELS, field);
        addMark(kind, property, IDENTITY, Topic.NAME_PREFIX, field);
        String version = extension(property, REFERENCE_VERSION);
        String target = extension(property, REFERENCE_KIND);
        if (version != null && target != null) {
            String name = extension(property, REFERENCE_NAME);
            references.merge(
                    new Gvk("", version, target),
                    List.of(new FieldSpec(kind, field + '/' + (name == null ? "name" : name), false)),
                    TransformerConfig::merge);
        }
    }

    private void addMark(Gvk kind, MapNode property, String mark, Topic topic, String field) {
        if (extension(property, mark) != null) {
            specs.merge(topic, List.of(new FieldSpec(kind, field, false)), TransformerConfig::merge);
        }
    }

    private MapNode properties(String type) {
        Node definition = types.get(type);
        if (definition == null || definition.isNull()) {
            return new MapNode();
        }
        Node schema = map(definition, type).get("Schema");
        if (schema == null) {
            schema = map(definition, type).get("schema");
        }
        Node properties =
                schema == null || schema.isNull() ? null : map(schema, type).get("properties");
        return properties == null || properties.isNull() ? new MapNode() : map(properties, type + ".properties");
    }

    private static @Nullable String extension(MapNode property, String name) {
        return property.get(name) instanceof ScalarNode scalar && scalar.isString() ? scalar.text() : null;
    }

    private static List<String> sorted(MapNode map) {
        return IntStream.range(0, map.size()).mapToObj(map::keyAt).sorted().toList();
    }

    private static MapNode map(@Nullable Node node, String name) {
        if (node instanceof MapNode map) {
            return map;
        }
        throw new KustomizeException(
                INVALID_KUSTOMIZATION, "unable to parse open API definition: " + name + " is no map");
    }
}
