package io.gitopstoolkit.testkit.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.KubeApi;
import io.gitopstoolkit.testkit.RealKubernetes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code asking.txt}, with RBAC and HTTPS as on the real server. */
@KubeApi
class KubectlAskingIT {
    @Test
    void saysTheSameOfBothServers(RealKubernetes real, @TempDir Path directory) throws IOException {
        try (var embedded = EmbeddedKubernetes.builder().rbac().tls().start()) {
            assertThat(KubectlComparison.differences(real, embedded, directory, "asking.txt"))
                    .isEmpty();
        }
    }
}
