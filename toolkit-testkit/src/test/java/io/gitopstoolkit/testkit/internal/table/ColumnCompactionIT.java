package io.gitopstoolkit.testkit.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.gitopstoolkit.testkit.KubeApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With {@code -Dtestkit.columns.write=<file>} the resource is written anew from the real server. */
@KubeApi
class ColumnCompactionIT {
    @Test
    void theResourceIsWhatTheRealServerPrints(KubernetesClient client) throws IOException {
        String fresh = new ColumnCompaction(path -> get(client, path)).text();
        String file = System.getProperty("testkit.columns.write");
        if (file != null) {
            Files.writeString(Path.of(file), fresh);
        }
        try (InputStream in = BuiltInColumns.class.getResourceAsStream("columns.json")) {
            assertThat(in).isNotNull();
            assertThat(fresh).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String get(KubernetesClient client, String path) {
        String base = client.getMasterUrl().toString().replaceAll("/$", "");
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(base + path))
                .header("Accept", ColumnCompaction.TABLE)
                .build();
        return client.getHttpClient()
                .sendAsync(request, String.class)
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .body();
    }
}
