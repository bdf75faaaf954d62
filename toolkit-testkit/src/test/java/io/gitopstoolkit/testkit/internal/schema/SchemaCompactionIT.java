package io.gitopstoolkit.testkit.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.gitopstoolkit.testkit.KubeApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With {@code -Dtestkit.schema.write=<file>} the resource is written anew from the real server. */
@KubeApi
class SchemaCompactionIT {
    @Test
    void theResourceIsWhatTheRealServerSaysOfItself(KubernetesClient client) throws IOException {
        String fresh = new SchemaCompaction(path -> get(client, path)).text();
        String file = System.getProperty("testkit.schema.write");
        if (file != null) {
            Files.writeString(Path.of(file), fresh);
        }
        try (InputStream in = Schemas.class.getResourceAsStream("kubernetes.json")) {
            assertThat(in).isNotNull();
            assertThat(fresh).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String get(KubernetesClient client, String path) {
        String base = client.getMasterUrl().toString().replaceAll("/$", "");
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(base + path))
                .header("Accept", path.startsWith("/api") ? SchemaCompaction.DISCOVERY : "application/json")
                .build();
        HttpResponse<String> response = client.getHttpClient()
                .sendAsync(request, String.class)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return response.body();
    }
}
