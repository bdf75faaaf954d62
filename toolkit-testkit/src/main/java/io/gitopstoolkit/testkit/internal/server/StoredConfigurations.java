package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.admission.Admissions.Configurations;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The webhooks and policies in the store, and the addresses that stand for services. */
final class StoredConfigurations implements Configurations {
    private final Store store;
    private final Registry registry;
    private final Map<String, Resource> resources = new ConcurrentHashMap<>();
    private final Map<String, URI> addresses = new ConcurrentHashMap<>();

    StoredConfigurations(Store store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    /** Says where a service's webhooks are. */
    void route(String namespace, String name, URI address) {
        addresses.put(namespace + "/" + name, address);
    }

    @Override
    public List<Map<String, Object>> list(String resource) {
        Resource found = resources.computeIfAbsent(
                resource, name -> registry.builtIn("admissionregistration.k8s.io", "v1", name));
        return store.list(found, "");
    }

    @Override
    public @Nullable URI serviceAddress(String namespace, String name, long port) {
        return addresses.get(namespace + "/" + name);
    }

    @Override
    public boolean hasService(String namespace, String name) {
        return store.get(registry.builtIn("", "v1", "services"), namespace, name) != null;
    }

    @Override
    public @Nullable List<Map<String, Object>> parameters(
            Map<String, Object> kind, Map<String, Object> reference, String namespace) {
        Resource resource = registry.ofKind(Tree.text(kind, "apiVersion"), Tree.text(kind, "kind"));
        if (resource == null) {
            return null;
        }
        String given = Tree.text(reference, "namespace");
        String in = !resource.isNamespaced() ? "" : given.isEmpty() ? namespace : given;
        String name = Tree.text(reference, "name");
        if (!name.isEmpty()) {
            Map<String, Object> found = store.get(resource, in, name);
            return found == null ? List.of() : List.of(found);
        }
        Map<String, Object> labels = Tree.mapAt(reference, "selector", "matchLabels");
        return store.list(resource, in).stream()
                .filter(object ->
                        Tree.mapAt(object, "metadata", "labels").entrySet().containsAll(labels.entrySet()))
                .toList();
    }
}
