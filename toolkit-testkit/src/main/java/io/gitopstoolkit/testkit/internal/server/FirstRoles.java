package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The ClusterRoles for users, and their bindings, that a real API server makes when it starts: from {@code roles.json}, which
 * {@code FirstRolesIT} makes from a real one. Those for the programs of a cluster are left out.
 */
final class FirstRoles {
    private static final String RESOURCE = "roles.json";

    private FirstRoles() {}

    static void create(Registry registry, Store store, Times times) {
        Tree.mapAt(Json.parse(read())).forEach((name, list) -> {
            Resource resource = registry.builtIn("rbac.authorization.k8s.io", "v1", name);
            for (Map<String, Object> role : Tree.mapsAt(Tree.of("list", list), "list")) {
                Map<String, Object> object = ObjectForm.of(resource, role);
                Strategy.prepareForCreate(resource, object, times.now());
                store.put(resource, object);
            }
        });
    }

    private static String read() {
        try (InputStream in = FirstRoles.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the testkit's jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
