package io.gitopstoolkit.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.GitServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole of a fetch in ten lines. */
class GitSourceTest {
    @Test
    void fetchesTheFilesOfABranch() {
        try (var server = GitServer.start()) {
            var shop = server.repository("shop");
            var commit = shop.commit("Add the shop", Map.of("deploy/shop.yaml", "kind: Deployment\n"));
            var deadline = Deadline.after(Duration.ofSeconds(30));
            try (var source = GitSource.builder(shop.uri())
                    .reference(new GitReference.Branch("main"))
                    .build()) {
                var revision = source.resolve(deadline);
                assertThat(revision).hasToString("main@sha1:" + commit);
                var artifact = source.fetch(revision, deadline);
                assertThat(artifact.files().read("deploy/shop.yaml")).isEqualTo("kind: Deployment\n".getBytes(UTF_8));
            }
        }
    }
}
