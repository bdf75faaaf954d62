package io.gitopstoolkit.testkit.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.KubeApi;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With {@code -Dtestkit.roles.write=<file>} the resource is written anew from the real server. */
@KubeApi
class FirstRolesIT {
    private static final List<String> FOR_USERS = List.of(
            "admin",
            "cluster-admin",
            "edit",
            "system:aggregate-to-admin",
            "system:aggregate-to-edit",
            "system:aggregate-to-view",
            "system:basic-user",
            "system:discovery",
            "system:public-info-viewer",
            "view");

    @Test
    void areThoseOfTheRealServer(KubernetesClient client) throws IOException {
        var lines = new ArrayList<String>();
        for (String resource : List.of("clusterroles", "clusterrolebindings")) {
            String list = client.raw("/apis/rbac.authorization.k8s.io/v1/" + resource);
            lines.add(Json.print(resource) + ":[\n" + String.join(",\n", roles(list)) + "]");
        }
        String fresh = "{" + String.join(",\n", lines) + "}\n";
        String file = System.getProperty("testkit.roles.write");
        if (file != null) {
            Files.writeString(Path.of(file), fresh);
        }
        try (InputStream in = FirstRoles.class.getResourceAsStream("roles.json")) {
            assertThat(in).isNotNull();
            assertThat(fresh).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<String> roles(String list) {
        var roles = new ArrayList<String>();
        for (Map<String, Object> role : Tree.mapsAt(Json.parse(list), "items")) {
            if (FOR_USERS.contains(Tree.text(role, "metadata", "name"))) {
                List.of("uid", "resourceVersion", "creationTimestamp", "managedFields")
                        .forEach(Tree.mapAt(role, "metadata")::remove);
                roles.add(Json.print(role));
            }
        }
        return roles;
    }
}
