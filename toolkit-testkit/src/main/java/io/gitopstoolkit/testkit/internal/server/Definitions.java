package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.definition.StructuralSchema;
import io.gitopstoolkit.testkit.internal.fields.FieldOwnership;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serves the kinds that custom resource definitions define. */
final class Definitions {
    private static final List<Object> VERBS =
            List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
    private static final List<Object> SUBRESOURCE_VERBS = List.of("get", "patch", "update");

    private final Store store;
    private final Registry registry;

    Definitions(Store store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    /** Serves what the definition now says, and tells in its status that it does. */
    void serve(Resource definitions, Map<String, Object> definition, String now) {
        String group = Tree.text(definition, "spec", "group");
        registry.remove(group, Tree.text(definition, "spec", "names", "plural"));
        for (Map<String, Object> version : Tree.mapsAt(definition, "spec", "versions")) {
            if (Boolean.TRUE.equals(version.get("served"))) {
                registry.add(resource(definition, version));
            }
        }
        establish(definitions, definition, now);
    }

    private void establish(Resource definitions, Map<String, Object> definition, String now) {
        Map<String, Object> established = Tree.copy(definition);
        Map<String, Object> status = KindRules.definitionStatus(definition, now);
        Object conditions = Tree.at(definition, "status", "conditions");
        if (conditions instanceof List<?> list && !list.isEmpty()) {
            status.put("conditions", conditions);
        }
        established.put("status", status);
        if (!Values.equal(definition, established)) {
            var ownership = new FieldOwnership(
                    definitions.ownedKind(), Strategy.resetFields(definitions, "status"), "status", now);
            store.put(definitions, ownership.update(definition, established, "kube-apiserver"));
        }
    }

    void stopServing(Map<String, Object> definition) {
        String group = Tree.text(definition, "spec", "group");
        String plural = Tree.text(definition, "spec", "names", "plural");
        registry.all().stream().filter(resource -> resource.is(group, plural)).forEach(resource -> {
            store.list(resource, "").forEach(object -> store.remove(resource, object));
            store.forget(resource);
        });
        registry.remove(group, plural);
    }

    private Resource resource(Map<String, Object> definition, Map<String, Object> version) {
        Map<String, Object> names = Tree.mapAt(definition, "spec", "names");
        Map<String, Object> discovery = Tree.of(
                "groupVersion",
                Tree.text(definition, "spec", "group") + "/" + Tree.text(version, "name"),
                "name",
                Tree.text(names, "plural"),
                "kind",
                Tree.text(names, "kind"),
                "singular",
                Tree.text(names, "singular"),
                "namespaced",
                Tree.text(definition, "spec", "scope").equals("Namespaced"),
                "verbs",
                VERBS);
        for (String optional : List.of("shortNames", "categories")) {
            if (names.containsKey(optional)) {
                discovery.put(optional, names.get(optional));
            }
        }
        discovery.put("subresources", subresources(names, version));
        discovery.put("definition", version);
        Map<String, Object> schema = Tree.mapAt(version, "schema", "openAPIV3Schema");
        var structural = new StructuralSchema(schema);
        Type type = registry.schemas().resolve(structural.toTypeDefinition());
        return Resource.of(discovery, type, structural);
    }

    private static List<Object> subresources(Map<String, Object> names, Map<String, Object> version) {
        var subresources = new ArrayList<Object>();
        Map<String, Object> declared = Tree.mapAt(version, "subresources");
        if (declared.containsKey("status")) {
            var kind = new LinkedHashMap<String, Object>();
            kind.put("kind", Tree.text(names, "kind"));
            subresources.add(Tree.of("name", "status", "kind", kind, "verbs", SUBRESOURCE_VERBS));
        }
        if (declared.containsKey("scale")) {
            Map<String, Object> kind = Tree.of("group", "autoscaling", "version", "v1", "kind", "Scale");
            subresources.add(
                    Tree.of("name", "scale", "kind", kind, "verbs", SUBRESOURCE_VERBS, "paths", declared.get("scale")));
        }
        return subresources;
    }
}
