package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells clients which groups, versions and resources are served. */
final class Discovery {
    private final Registry registry;

    Discovery(Registry registry) {
        this.registry = registry;
    }

    /** The document at a path of discovery, version or health; null where it is none. */
    @Nullable
    Map<String, Object> document(String path, boolean aggregated) {
        String[] parts = path.replaceAll("/+$", "").split("/");
        return switch (parts.length < 2 ? "" : parts[1]) {
            case "version" -> parts.length == 2 ? registry.schemas().version() : null;
            case "api" -> core(parts, aggregated);
            case "apis" -> groups(parts, aggregated);
            default -> null;
        };
    }

    private @Nullable Map<String, Object> core(String[] parts, boolean aggregated) {
        if (parts.length == 2) {
            return aggregated
                    ? aggregated(true)
                    : Tree.of(
                            "kind",
                            "APIVersions",
                            "versions",
                            Tree.listOf("v1"),
                            "serverAddressByClientCIDRs",
                            Tree.listOf());
        }
        return parts.length == 3 ? resources("", parts[2]) : null;
    }

    private @Nullable Map<String, Object> groups(String[] parts, boolean aggregated) {
        return switch (parts.length) {
            case 2 -> aggregated ? aggregated(false) : groupList();
            case 3 -> groupsByName().containsKey(parts[2]) ? group(parts[2], true) : null;
            case 4 -> resources(parts[2], parts[3]);
            default -> null;
        };
    }

    /** The versions of each group, the preferred one first. */
    private Map<String, List<String>> groupsByName() {
        var groups = new LinkedHashMap<String, List<String>>();
        for (Resource resource : registry.all()) {
            List<String> versions = groups.computeIfAbsent(resource.group(), key -> new ArrayList<>());
            if (!versions.contains(resource.version())) {
                versions.add(resource.version());
            }
        }
        groups.values().forEach(versions -> versions.sort(VersionOrder.PREFERRED_FIRST));
        return groups;
    }

    private Map<String, Object> groupList() {
        var groups = new ArrayList<Object>();
        groupsByName().keySet().forEach(name -> {
            if (!name.isEmpty()) {
                groups.add(group(name, false));
            }
        });
        return Tree.of("kind", "APIGroupList", "apiVersion", "v1", "groups", groups);
    }

    private Map<String, Object> group(String name, boolean alone) {
        var versions = new ArrayList<Object>();
        List<String> known = groupsByName().getOrDefault(name, List.of());
        known.forEach(version -> versions.add(Tree.of("groupVersion", name + "/" + version, "version", version)));
        Map<String, Object> group = alone ? Tree.of("kind", "APIGroup", "apiVersion", "v1") : Tree.of();
        group.put("name", name);
        group.put("versions", versions);
        group.put("preferredVersion", versions.get(0));
        return group;
    }

    private @Nullable Map<String, Object> resources(String group, String version) {
        var resources = new ArrayList<Object>();
        String groupVersion = group.isEmpty() ? version : group + "/" + version;
        for (Resource resource : registry.all()) {
            if (resource.apiVersion().equals(groupVersion)) {
                addResource(resource, resources);
            }
        }
        if (resources.isEmpty()) {
            return null;
        }
        return Tree.of(
                "kind", "APIResourceList", "apiVersion", "v1", "groupVersion", groupVersion, "resources", resources);
    }

    private static void addResource(Resource resource, List<Object> resources) {
        Map<String, Object> entry = Tree.of(
                "name",
                resource.name(),
                "singularName",
                resource.discovery().get("singular"),
                "namespaced",
                resource.isNamespaced(),
                "kind",
                resource.kind(),
                "verbs",
                resource.verbs());
        copy(resource.discovery(), entry, "shortNames");
        copy(resource.discovery(), entry, "categories");
        resources.add(entry);
        for (Map<String, Object> subresource : Tree.mapsAt(resource.discovery(), "subresources")) {
            Map<String, Object> sub = Tree.of(
                    "name",
                    resource.name() + "/" + Tree.text(subresource, "name"),
                    "singularName",
                    "",
                    "namespaced",
                    resource.isNamespaced());
            Map<String, Object> kind = Tree.mapAt(subresource, "kind");
            copy(kind, sub, "group");
            copy(kind, sub, "version");
            copy(kind, sub, "kind");
            sub.put("verbs", subresource.get("verbs"));
            resources.add(sub);
        }
    }

    private Map<String, Object> aggregated(boolean core) {
        var items = new ArrayList<Object>();
        groupsByName().forEach((group, versions) -> {
            if (group.isEmpty() == core) {
                items.add(aggregatedGroup(group, versions));
            }
        });
        return Tree.of(
                "kind",
                "APIGroupDiscoveryList",
                "apiVersion",
                "apidiscovery.k8s.io/v2",
                "metadata",
                new LinkedHashMap<>(),
                "items",
                items);
    }

    private Map<String, Object> aggregatedGroup(String group, List<String> versions) {
        var entries = new ArrayList<Object>();
        for (String version : versions) {
            var resources = new ArrayList<Object>();
            for (Resource resource : registry.all()) {
                if (resource.group().equals(group) && resource.version().equals(version)) {
                    resources.add(aggregatedResource(resource));
                }
            }
            entries.add(Tree.of("version", version, "resources", resources, "freshness", "Current"));
        }
        Map<String, Object> metadata = group.isEmpty() ? Tree.of() : Tree.of("name", group);
        return Tree.of("metadata", metadata, "versions", entries);
    }

    private static Map<String, Object> aggregatedResource(Resource resource) {
        String scope = resource.isNamespaced() ? "Namespaced" : "Cluster";
        Map<String, Object> entry = Tree.of(
                "resource",
                resource.name(),
                "responseKind",
                kind(resource.group(), resource.version(), resource.kind()),
                "scope",
                scope,
                "singularResource",
                resource.discovery().get("singular"),
                "verbs",
                resource.verbs());
        copy(resource.discovery(), entry, "shortNames");
        copy(resource.discovery(), entry, "categories");
        var subresources = new ArrayList<Object>();
        for (Map<String, Object> sub : Tree.mapsAt(resource.discovery(), "subresources")) {
            Map<String, Object> kind = Tree.mapAt(sub, "kind");
            subresources.add(Tree.of(
                    "subresource",
                    Tree.text(sub, "name"),
                    "responseKind",
                    kind(Tree.text(kind, "group"), Tree.text(kind, "version"), Tree.text(kind, "kind")),
                    "verbs",
                    sub.get("verbs")));
        }
        if (!subresources.isEmpty()) {
            entry.put("subresources", subresources);
        }
        return entry;
    }

    private static Map<String, Object> kind(String group, String version, String kind) {
        return Tree.of("group", group, "version", version, "kind", kind);
    }

    private static void copy(Map<String, Object> from, Map<String, Object> to, String key) {
        if (from.containsKey(key)) {
            to.put(key, from.get(key));
        }
    }
}
