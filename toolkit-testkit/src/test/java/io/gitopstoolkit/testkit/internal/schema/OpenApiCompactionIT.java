package io.gitopstoolkit.testkit.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.KubeApi;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** With {@code -Dtestkit.openapi.write=<file>} the resource is written anew from the real server. */
@KubeApi
class OpenApiCompactionIT {
    @Test
    void theResourceIsWhatTheRealServerDescribes(KubernetesClient client) throws IOException {
        for (Map<String, Object> definition : OpenApiCompaction.definitions()) {
            client.resource(Json.print(definition)).serverSideApply();
            Deadline deadline = Deadline.after(Duration.ofMinutes(2));
            while (!client.raw("/openapi/v3").contains(OpenApiCompaction.pathOf(definition))) {
                deadline.pause(Duration.ofMillis(200), "have the definition described");
            }
        }
        try {
            compare(new OpenApiCompaction(client::raw).text());
        } finally {
            for (Map<String, Object> definition : OpenApiCompaction.definitions()) {
                client.resource(Json.print(definition)).delete();
            }
        }
    }

    private static void compare(String fresh) throws IOException {
        String file = System.getProperty("testkit.openapi.write");
        if (file != null) {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(file)))) {
                out.write(fresh.getBytes(StandardCharsets.UTF_8));
            }
        }
        try (InputStream in = OpenApiDocuments.class.getResourceAsStream("openapi.json.gz")) {
            assertThat(in).isNotNull();
            String kept = new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Tree.mapAt(Json.parse(kept)).equals(Json.parse(fresh)))
                    .as("openapi.json.gz is what the real server says")
                    .isTrue();
        }
    }
}
