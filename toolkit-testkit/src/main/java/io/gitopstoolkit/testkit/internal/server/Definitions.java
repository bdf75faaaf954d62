package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.definition.AcceptedNames;
import io.gitopstoolkit.testkit.internal.definition.StructuralSchema;
import io.gitopstoolkit.testkit.internal.fields.FieldOwnership;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the kinds that custom resource definitions define. */
final class Definitions {
    private static final List<Object> VERBS =
            List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
    private static final List<Object> SUBRESOURCE_VERBS = List.of("get", "patch", "update");

    /** Holds a definition until its objects are gone. */
    static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private final Store store;
    private final Registry registry;

    Definitions(Store store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    /** Serves what the definition now says, unless another has its names, and tells that in its status. */
    void serve(Resource definitions, Map<String, Object> definition, String now) {
        String group = Tree.text(definition, "spec", "group");
        AcceptedNames names = AcceptedNames.of(definition, store.list(definitions, ""));
        if (names.areAll() || isEstablished(definition)) {
            registry.remove(group, Tree.text(definition, "spec", "names", "plural"));
            for (Map<String, Object> version : Tree.mapsAt(definition, "spec", "versions")) {
                if (Boolean.TRUE.equals(version.get("served"))) {
                    registry.add(resource(definition, version));
                }
            }
        }
        establish(definitions, definition, names, now);
    }

    private static boolean isEstablished(Map<String, Object> definition) {
        return Tree.mapsAt(definition, "status", "conditions").stream()
                .anyMatch(condition -> Tree.text(condition, "type").equals("Established")
                        && Tree.text(condition, "status").equals("True"));
    }

    private void establish(Resource definitions, Map<String, Object> definition, AcceptedNames names, String now) {
        Map<String, Object> established = Tree.copy(definition);
        Map<String, Object> status = KindRules.definitionStatus(definition, now);
        status.put("acceptedNames", names.names());
        List<Map<String, Object>> conditions = Tree.mapsAt(definition, "status", "conditions");
        if (!names.areAll()) {
            status.put("conditions", unaccepted(conditions, names, now));
        } else if (isEstablished(definition) && conditions.stream().noneMatch(Definitions::isFalse)) {
            status.put("conditions", new ArrayList<Object>(conditions));
        }
        established.put("status", status);
        if (!Values.equal(definition, established)) {
            var ownership = new FieldOwnership(
                    definitions.ownedKind(), Strategy.resetFields(definitions, "status"), "status", now);
            store.put(definitions, ownership.update(definition, established, "kube-apiserver"));
        }
    }

    private static boolean isFalse(Map<String, Object> condition) {
        return Tree.text(condition, "status").equals("False");
    }

    private static List<Object> unaccepted(List<Map<String, Object>> before, AcceptedNames names, String now) {
        Map<String, Object> accepted = Tree.of(
                "type", "NamesAccepted", "status", "False", "lastTransitionTime", now, "reason", names.reason());
        accepted.put("message", names.message());
        Map<String, Object> established =
                Tree.of("type", "Established", "status", "False", "lastTransitionTime", now, "reason", "NotAccepted");
        established.put("message", "not all names are accepted");
        for (Map<String, Object> condition : before) {
            boolean isSame = Tree.text(condition, "reason").equals(names.reason());
            if (isSame && Tree.text(condition, "type").equals("NamesAccepted")) {
                accepted = condition;
            } else if (Tree.text(condition, "type").equals("Established")) {
                established = condition;
            }
        }
        return Tree.listOf(accepted, established);
    }

    /** Says on a definition that it is to go. */
    static void markDeleted(Map<String, Object> definition, String now) {
        Map<String, Object> metadata = Tree.child(definition, "metadata");
        if (!Tree.text(metadata, "deletionTimestamp").isEmpty()) {
            return;
        }
        var finalizers = new ArrayList<Object>(Tree.textsAt(metadata, "finalizers"));
        if (!finalizers.contains(CLEANUP)) {
            finalizers.add(CLEANUP);
        }
        metadata.put("finalizers", finalizers);
        Map<String, Object> condition = Tree.of(
                "type",
                "Terminating",
                "status",
                "True",
                "lastTransitionTime",
                now,
                "reason",
                "InstanceDeletionPending");
        condition.put(
                "message", "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
        var conditions = new ArrayList<Object>(Tree.mapsAt(definition, "status", "conditions"));
        conditions.add(condition);
        Tree.child(definition, "status").put("conditions", conditions);
    }

    /** One of the versions in which the resource of a definition is served; null where it is not. */
    @Nullable
    Resource served(Map<String, Object> definition) {
        String group = Tree.text(definition, "spec", "group");
        String plural = Tree.text(definition, "spec", "names", "plural");
        return registry.all().stream()
                .filter(resource -> resource.is(group, plural))
                .findFirst()
                .orElse(null);
    }

    /** Drops the resource and its objects; another definition of the group may have waited for the names. */
    void stopServing(Resource definitions, Map<String, Object> definition, String now) {
        String group = Tree.text(definition, "spec", "group");
        String plural = Tree.text(definition, "spec", "names", "plural");
        registry.all().stream().filter(resource -> resource.is(group, plural)).forEach(resource -> {
            store.list(resource, "").forEach(object -> store.remove(resource, object));
            store.forget(resource);
        });
        registry.remove(group, plural);
        for (Map<String, Object> other : store.list(definitions, "")) {
            if (Tree.text(other, "spec", "group").equals(group) && !isEstablished(other)) {
                serve(definitions, other, now);
            }
        }
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
        discovery.put("revised", Tree.number(definition, 1, "metadata", "generation") > 1);
        discovery.put("deprecation", deprecation(definition, version));
        discovery.put("selectable", selectable(version));
        discovery.put("definition", version);
        discovery.put(
                "versions",
                Tree.mapsAt(definition, "spec", "versions").stream()
                        .map(one -> Tree.text(definition, "spec", "group") + "/" + Tree.text(one, "name"))
                        .toList());
        Map<String, Object> schema = Tree.mapAt(version, "schema", "openAPIV3Schema");
        var structural = new StructuralSchema(schema);
        Type type = registry.schemas().resolve(structural.toTypeDefinition());
        return Resource.of(discovery, type, structural);
    }

    /** What clients of a deprecated version are told: what its author says, or which version to use instead. */
    private static String deprecation(Map<String, Object> definition, Map<String, Object> version) {
        if (!Boolean.TRUE.equals(version.get("deprecated"))) {
            return "";
        }
        if (version.get("deprecationWarning") instanceof String warning) {
            return warning;
        }
        String group = Tree.text(definition, "spec", "group");
        String kind = Tree.text(definition, "spec", "names", "kind");
        String name = Tree.text(version, "name");
        String message = group + "/" + name + " " + kind + " is deprecated";
        return Tree.mapsAt(definition, "spec", "versions").stream()
                .filter(other -> Boolean.TRUE.equals(other.get("served"))
                        && !Boolean.TRUE.equals(other.get("deprecated"))
                        && VersionOrder.PREFERRED_FIRST.compare(Tree.text(other, "name"), name) < 0)
                .map(other -> Tree.text(other, "name"))
                .min(VersionOrder.PREFERRED_FIRST)
                .map(newer -> message + "; use " + group + "/" + newer + " " + kind)
                .orElse(message);
    }

    private static List<Object> selectable(Map<String, Object> version) {
        var fields = new ArrayList<Object>();
        Tree.mapsAt(version, "selectableFields")
                .forEach(field -> fields.add(Tree.text(field, "jsonPath").replaceFirst("^\\.", "")));
        return fields;
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
