package io.gitopstoolkit.testkit.internal.schema;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * The OpenAPI v3 documents of the built-in kinds, with their descriptions, and templates of those of custom ones. The data
 * lies in {@code openapi.json.gz}: the documents of kube-apiserver 1.36, with each schema written once, compacted by
 * {@code OpenApiCompaction} of the tests. It is read when somebody asks for it first. Safe between threads.
 */
public final class OpenApiDocuments {
    private static final String RESOURCE = "openapi.json.gz";
    private static final List<String> COMMON = List.of("apiVersion", "kind", "metadata");

    private Map<String, Object> content = Map.of();

    /** The names of the documents, such as {@code apis/apps/v1}, each with the hash of its content. */
    public Map<String, String> hashes() {
        var hashes = new LinkedHashMap<String, String>();
        Tree.mapAt(content(), "documents").forEach((name, document) -> hashes.put(name, Tree.text(document, "hash")));
        return hashes;
    }

    /** The document of that name. */
    public Map<String, Object> builtIn(String name) {
        return withSchemas(Tree.mapAt(content(), "documents", name));
    }

    private Map<String, Object> withSchemas(Map<String, Object> compact) {
        Map<String, Object> all = Tree.mapAt(content(), "schemas");
        Map<String, Object> own = Tree.mapAt(compact, "own");
        var schemas = new LinkedHashMap<String, Object>();
        Tree.textsAt(compact, "names").forEach(name -> schemas.put(name, own.getOrDefault(name, all.get(name))));
        Map<String, Object> document = Tree.copy(Tree.mapAt(compact, "document"));
        Tree.child(document, "components").put("schemas", schemas);
        return document;
    }

    /**
     * The document of one custom kind.
     *
     * @param plural the name of the resource
     * @param schema its {@code openAPIV3Schema}
     * @param subresources whether it has {@code status} and {@code scale}: those that it does not have are left out
     */
    public Map<String, Object> custom(Kind kind, String plural, Map<String, Object> schema, List<String> subresources) {
        Map<String, Object> template = Tree.mapAt(content(), "custom", kind.isNamespaced() ? "namespaced" : "cluster");
        UnaryOperator<String> names = text -> kind.fill(text, plural);
        Map<String, Object> document = Tree.mapAt(Json.parse(names.apply(Json.print(withSchemas(template)))));
        Tree.mapAt(document, "paths").keySet().removeIf(path -> {
            String last = path.substring(path.lastIndexOf('/') + 1);
            return path.contains("{name}/") && !subresources.contains(last);
        });
        Map<String, Object> schemas = Tree.mapAt(document, "components", "schemas");
        Map<String, Object> root = Tree.mapAt(schemas, kind.schemaName());
        schemas.put(kind.schemaName(), schemaOf(root, schema));
        return document;
    }

    private static Map<String, Object> schemaOf(Map<String, Object> root, Map<String, Object> schema) {
        Map<String, Object> own = Tree.copy(schema);
        describeNumbersOrTexts(own);
        Map<String, Object> properties = Tree.child(own, "properties");
        COMMON.forEach(name -> properties.put(name, Tree.at(root, "properties", name)));
        own.put("x-kubernetes-group-version-kind", root.get("x-kubernetes-group-version-kind"));
        return own;
    }

    private static void describeNumbersOrTexts(Map<String, Object> schema) {
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
            schema.remove("type");
            schema.putIfAbsent("anyOf", Tree.listOf(Tree.of("type", "integer"), Tree.of("type", "string")));
        }
        Tree.mapAt(schema, "properties").values().forEach(OpenApiDocuments::describe);
        describe(schema.getOrDefault("items", ""));
        describe(schema.getOrDefault("additionalProperties", ""));
    }

    private static void describe(Object schema) {
        Map<String, Object> map = Tree.map(schema);
        if (map != null) {
            describeNumbersOrTexts(map);
        }
    }

    private synchronized Map<String, Object> content() {
        if (content.isEmpty()) {
            content = Tree.mapAt(Json.parse(read()));
        }
        return content;
    }

    private static String read() {
        try (InputStream in = OpenApiDocuments.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the testkit's jar lacks " + RESOURCE);
            }
            return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** A custom kind, and how the documents name it. */
    public record Kind(String group, String version, String kind, boolean isNamespaced) {
        /** What the templates are made of. */
        static final Kind TEMPLATE = new Kind("group.template", "v7alpha7", "Kindtemplate", true);

        static final String TEMPLATE_PLURAL = "pluraltemplates";

        String schemaName() {
            List<String> parts = Arrays.asList(group.split("\\.", -1));
            var reversed = new ArrayList<>(parts);
            Collections.reverse(reversed);
            return String.join(".", reversed) + "." + version + "." + kind;
        }

        private String camelGroup() {
            return Arrays.stream(group.split("\\.", -1)).map(Kind::capital).collect(Collectors.joining());
        }

        private static String capital(String text) {
            return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        }

        private static String small(String text) {
            return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
        }

        private String fill(String text, String plural) {
            return text.replace(TEMPLATE.schemaName(), schemaName())
                    .replace(TEMPLATE.camelGroup() + capital(TEMPLATE.version), camelGroup() + capital(version))
                    .replace(small(TEMPLATE.camelGroup()) + "_", small(camelGroup()) + "_")
                    .replace(TEMPLATE.group, group)
                    .replace(TEMPLATE.version, version)
                    .replace(TEMPLATE_PLURAL, plural)
                    .replace(TEMPLATE.kind, kind);
        }
    }
}
