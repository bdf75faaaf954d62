package io.gitopstoolkit.kustomize.internal.patch;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.patch.Schema.Scope;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a schema of an OpenAPI document of version 2, such as an API server has at {@code /openapi/v2}. */
public final class OpenApi {
    private static final String DEFINITIONS = "#/definitions/";
    private static final String KINDS = "x-kubernetes-group-version-kind";
    private static final String STRATEGY = "x-kubernetes-patch-strategy";
    private static final String MERGE_KEY = "x-kubernetes-patch-merge-key";
    private static final String MERGE_KEYS = "x-kubernetes-list-map-keys";

    /** A reference may lead to a reference, but not in a circle. */
    private static final int MAX_REFERENCES = 100;

    private final MapNode document;
    private final Schema rest;
    private final Map<String, Shape> byReference = new HashMap<>();

    private OpenApi(MapNode document, Schema rest) {
        this.document = document;
        this.rest = rest;
    }

    /**
     * The kinds of a document, and those of another schema that it does not know.
     *
     * @throws KustomizeException if it is no such document
     */
    public static Schema schema(@Nullable Node document, Schema rest) {
        var openApi = new OpenApi(map(document, "the file"), rest);
        return new Schema(openApi.scopes(), openApi.shapes(), rest);
    }

    private Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new HashMap<>();
        MapNode definitions = optionalMap(document.get("definitions"), "definitions");
        for (int i = 0; i < definitions.size(); i++) {
            String name = definitions.keyAt(i);
            MapNode definition = map(definitions.valueAt(i), "definitions." + name);
            if (definition.get(KINDS) instanceof ListNode kinds) {
                for (Node kind : kinds) {
                    if (kind instanceof MapNode identity) {
                        shapes.put(key(identity), shape(definition, DEFINITIONS + name));
                    }
                }
            }
        }
        return shapes;
    }

    private Map<String, Scope> scopes() {
        Map<String, Scope> scopes = new HashMap<>();
        MapNode paths = optionalMap(document.get("paths"), "paths");
        for (int i = 0; i < paths.size(); i++) {
            if (map(paths.valueAt(i), "paths." + paths.keyAt(i)).find("get", KINDS) instanceof MapNode identity) {
                if (paths.keyAt(i).contains("namespaces/{namespace}")) {
                    scopes.put(key(identity), Scope.NAMESPACED);
                } else {
                    scopes.putIfAbsent(key(identity), Scope.CLUSTER);
                }
            }
        }
        return scopes;
    }

    private static String key(MapNode identity) {
        if (!(identity.get("version") instanceof ScalarNode version) || !version.isString()) {
            throw invalid(KINDS + " without a version, a string");
        }
        if (!(identity.get("kind") instanceof ScalarNode kind) || !kind.isString()) {
            throw invalid(KINDS + " without a kind, a string");
        }
        String group = identity.get("group") instanceof ScalarNode name && name.isString() ? name.text() : "";
        return Schema.key(group.isEmpty() ? version.text() : group + '/' + version.text(), kind.text());
    }

    /** The shape that a schema describes, made once where it is known by a reference. */
    private Shape shape(MapNode schema, @Nullable String reference) {
        Shape known = reference == null ? null : byReference.get(reference);
        if (known != null) {
            return known;
        }
        Shape shape = merges(schema) ? Shape.exactMerging(mergeKeys(schema)) : Shape.exact();
        if (reference != null) {
            byReference.put(reference, shape);
        }
        MapNode properties = optionalMap(schema.get("properties"), "properties");
        for (int i = 0; i < properties.size(); i++) {
            Shape field = resolved(properties.valueAt(i));
            if (field != null) {
                shape.addField(properties.keyAt(i), field);
            }
        }
        Shape any = schema.get("additionalProperties") instanceof MapNode additional ? resolved(additional) : null;
        if (any != null) {
            shape.addAnyField(any);
        }
        Shape elements = isArray(schema) && schema.get("items") instanceof MapNode items ? resolved(items) : null;
        if (elements != null) {
            shape.elements(elements);
        }
        return shape;
    }

    /** The shape of a schema that may refer to another; null where that leads nowhere. */
    private @Nullable Shape resolved(Node node) {
        MapNode schema = map(node, "a schema");
        String reference = null;
        for (int i = 0; i < MAX_REFERENCES; i++) {
            String next = schema.getText("$ref");
            if (next == null || next.isEmpty()) {
                return shape(schema, reference);
            }
            Node target = next.startsWith("#/") ? follow(next.substring(2)) : null;
            if (!(target instanceof MapNode found)) {
                return next.startsWith(DEFINITIONS) ? rest.definition(next.substring(DEFINITIONS.length())) : null;
            }
            reference = next;
            schema = found;
        }
        throw invalid("references that lead in a circle");
    }

    private @Nullable Node follow(String pointer) {
        if (!pointer.startsWith("definitions/")) {
            return null;
        }
        Node node = document;
        for (String part : pointer.split("/", -1)) {
            String name = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .replace("~1", "/")
                    .replace("~0", "~");
            node = node instanceof MapNode map ? map.get(name) : null;
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private static boolean isArray(MapNode schema) {
        Node type = schema.get("type");
        if (type instanceof ListNode list && list.size() == 1) {
            type = list.get(0);
        }
        return type instanceof ScalarNode scalar && scalar.text().equals("array");
    }

    private static boolean merges(MapNode schema) {
        Node strategy = schema.get(STRATEGY);
        return strategy != null
                && List.of(text(strategy, STRATEGY).split(",", -1)).contains("merge");
    }

    private static List<String> mergeKeys(MapNode schema) {
        Node several = schema.get(MERGE_KEYS);
        if (several != null) {
            if (!(several instanceof ListNode list)) {
                throw invalid(MERGE_KEYS + " that is no list");
            }
            var keys = new ArrayList<String>(list.size());
            list.forEach(item -> keys.add(text(item, MERGE_KEYS)));
            return keys;
        }
        Node one = schema.get(MERGE_KEY);
        return one == null ? List.of() : List.of(text(one, MERGE_KEY));
    }

    private static String text(Node node, String name) {
        if (node instanceof ScalarNode scalar && scalar.isString()) {
            return scalar.text();
        }
        throw invalid(name + " that is no string");
    }

    private static MapNode optionalMap(@Nullable Node node, String name) {
        return node == null || node.isNull() ? new MapNode() : map(node, name);
    }

    private static MapNode map(@Nullable Node node, String name) {
        if (node instanceof MapNode map) {
            return map;
        }
        throw invalid(name + " that is no map");
    }

    private static KustomizeException invalid(String what) {
        return new KustomizeException(INVALID_KUSTOMIZATION, "invalid schema file: it has " + what);
    }
}
