package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Schemas;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources that are served now: the built-in ones, and those of custom resource definitions. */
final class Registry {
    private final Schemas schemas;
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    Registry(Schemas schemas) {
        this.schemas = schemas;
        for (Map<String, Object> discovery : schemas.resources()) {
            Type type = schemas.ofKind(Tree.text(discovery, "groupVersion"), Tree.text(discovery, "kind"));
            if (type != null) {
                add(Resource.of(discovery, type, null));
            }
        }
    }

    Schemas schemas() {
        return schemas;
    }

    synchronized void add(Resource resource) {
        resources.put(key(resource.group(), resource.version(), resource.name()), resource);
    }

    /** Stops serving a resource, in all its versions. */
    synchronized void remove(String group, String name) {
        resources.values().removeIf(resource -> resource.is(group, name));
    }

    synchronized @Nullable Resource find(String group, String version, String name) {
        return resources.get(key(group, version, name));
    }

    /** Whether there is any resource of the version. */
    synchronized boolean serves(String group, String version) {
        for (Resource resource : resources.values()) {
            if (resource.group().equals(group) && resource.version().equals(version)) {
                return true;
            }
        }
        return false;
    }

    /** The resource of a kind; null where none is served. */
    synchronized @Nullable Resource ofKind(String apiVersion, String kind) {
        return resources.values().stream()
                .filter(resource -> resource.apiVersion().equals(apiVersion)
                        && resource.kind().equals(kind))
                .findFirst()
                .orElse(null);
    }

    /** A resource that is sure to be there. */
    Resource builtIn(String group, String version, String name) {
        Resource resource = find(group, version, name);
        if (resource == null) {
            throw new IllegalStateException("no built-in resource " + name);
        }
        return resource;
    }

    synchronized Collection<Resource> all() {
        return new ArrayList<>(resources.values());
    }

    /** One resource of each kind, be it served in several versions. */
    synchronized List<Resource> storages() {
        var byKey = new LinkedHashMap<String, Resource>();
        resources.values().forEach(resource -> byKey.put(resource.storageKey(), resource));
        return new ArrayList<>(byKey.values());
    }

    private static String key(String group, String version, String name) {
        return group + "/" + version + "/" + name;
    }
}
