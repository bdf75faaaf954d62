package io.gitopstoolkit.testkit.internal.schema;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Makes {@code openapi.json.gz}, the resource that {@link OpenApiDocuments} reads, from the OpenAPI v3 documents of a real API
 * server. A schema that several documents hold is written once. The documents of custom kinds are those of two definitions
 * whose names are sure to be found again.
 */
final class OpenApiCompaction {
    private final UnaryOperator<String> get;
    private final Map<String, Object> schemas = new TreeMap<>();

    /** @param get the body of a GET of a path */
    OpenApiCompaction(UnaryOperator<String> get) {
        this.get = get;
    }

    /** The definitions that the server has to serve: one of each scope. */
    static List<Map<String, Object>> definitions() {
        return List.of(definition("Namespaced", ""), definition("Cluster", "cluster"));
    }

    private static Map<String, Object> definition(String scope, String prefix) {
        var template = OpenApiDocuments.Kind.TEMPLATE;
        String group = prefix + template.group();
        String plural = OpenApiDocuments.Kind.TEMPLATE_PLURAL;
        Map<String, Object> scale =
                Tree.of("specReplicasPath", ".spec.replicas", "statusReplicasPath", ".status.replicas");
        Map<String, Object> version = Tree.of(
                "name",
                template.version(),
                "served",
                true,
                "storage",
                true,
                "subresources",
                Tree.of("status", Tree.of(), "scale", scale),
                "schema",
                Tree.of("openAPIV3Schema", Tree.of("type", "object")));
        Map<String, Object> names = Tree.of("plural", plural, "kind", template.kind());
        Map<String, Object> spec =
                Tree.of("group", group, "scope", scope, "names", names, "versions", Tree.listOf(version));
        return Tree.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Tree.of("name", plural + "." + group),
                "spec",
                spec);
    }

    static String pathOf(Map<String, Object> definition) {
        return "apis/" + Tree.text(definition, "spec", "group") + "/" + OpenApiDocuments.Kind.TEMPLATE.version();
    }

    /** The text of the resource, before it is compressed. */
    String text() {
        var documents = new TreeMap<String, Object>();
        Map<String, Object> index = Tree.mapAt(Json.parse(get.apply("/openapi/v3")), "paths");
        for (String name : names()) {
            String url = Tree.text(index, name, "serverRelativeURL");
            Map<String, Object> document = compact(get.apply(url));
            document.put("hash", url.substring(url.indexOf('=') + 1));
            documents.put(name, document);
        }
        var custom = new LinkedHashMap<String, Object>();
        for (Map<String, Object> definition : definitions()) {
            String text = get.apply("/openapi/v3/" + pathOf(definition))
                    .replace("cluster" + OpenApiDocuments.Kind.TEMPLATE.group(), OpenApiDocuments.Kind.TEMPLATE.group())
                    .replace("template.clustergroup", "template.group")
                    .replace("ClustergroupTemplate", "GroupTemplate")
                    .replace("clustergroupTemplate", "groupTemplate");
            custom.put(Tree.text(definition, "spec", "scope").toLowerCase(Locale.ROOT), compact(text));
        }
        return Json.print(Tree.of("schemas", schemas, "documents", documents, "custom", custom));
    }

    /** The group versions that are served, their groups, and what lies above them. */
    private static Set<String> names() {
        Set<String> names = new TreeSet<>(List.of("api", "apis", "version"));
        for (Map<String, Object> resource : new Schemas().resources()) {
            String groupVersion = Tree.text(resource, "groupVersion");
            int slash = groupVersion.indexOf('/');
            names.add((slash < 0 ? "api/" : "apis/") + groupVersion);
            if (slash > 0) {
                names.add("apis/" + groupVersion.substring(0, slash));
            }
        }
        return names;
    }

    private Map<String, Object> compact(String text) {
        Map<String, Object> document = Tree.mapAt(Json.parse(text));
        var own = new LinkedHashMap<String, Object>();
        var names = new ArrayList<Object>();
        Map<String, Object> components = Tree.mapAt(document, "components");
        Tree.mapAt(components, "schemas").forEach((name, schema) -> {
            names.add(name);
            Object known = schemas.putIfAbsent(name, schema);
            if (known != null && !Values.equal(known, schema)) {
                own.put(name, schema);
            }
        });
        components.remove("schemas");
        return Tree.of("document", document, "names", names, "own", own);
    }
}
