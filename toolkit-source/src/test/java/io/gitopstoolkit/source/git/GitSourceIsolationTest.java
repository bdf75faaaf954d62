package io.gitopstoolkit.source.git;

import static io.gitopstoolkit.source.git.GitTests.fetch;
import static io.gitopstoolkit.source.git.GitTests.main;
import static io.gitopstoolkit.source.git.GitTests.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.testkit.GitServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.HttpTransport;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine, or the application around, has set up for JGit does not reach a source. */
class GitSourceIsolationTest {
    @TempDir
    private Path home;

    @Test
    void usesNoConfigurationOfTheMachine() throws Exception {
        Path config = Files.writeString(home.resolve("config"), """
                [http]
                    proxy = http://127.0.0.1:1
                    extraHeader = X-Planted: yes
                    cookieFile = %s/cookies
                    followRedirects = false
                [protocol]
                    version = 0
                [url "http://127.0.0.1:1/"]
                    insteadOf = http://127.0.0.1
                [credential]
                    helper = false
                """.formatted(home));
        SystemReader before = SystemReader.getInstance();
        try (var server = GitServer.start()) {
            var shop = server.repository("shop");
            shop.commit("First", Map.of("a", "1"));
            SystemReader.setInstance(new Poisoned(before, config));
            try (var source = main(shop).build();
                    var local = GitSource.builder(home.toUri()).build()) {
                server.redirectNext(server.uri());
                assertThat(text(fetch(source).files(), "a")).isEqualTo("1");
                assertThat(server.requests()).anyMatch(request -> request.startsWith("POST"));
                assertThat(local).isNotNull();
            }
        } finally {
            SystemReader.setInstance(before);
        }
    }

    @Test
    void leavesWhatIsGlobalInJGitAsItIs() {
        SystemReader reader = SystemReader.getInstance();
        var connections = HttpTransport.getConnectionFactory();
        var provider = new NetRCCredentialsProvider();
        CredentialsProvider before = CredentialsProvider.getDefault();
        CredentialsProvider.setDefault(provider);
        try (var server = GitServer.start()) {
            var shop = server.repository("shop");
            shop.commit("First", Map.of("a", "1"));
            try (var source = main(shop).build()) {
                fetch(source);
            }
            assertThat(SystemReader.getInstance()).isSameAs(reader);
            assertThat(HttpTransport.getConnectionFactory()).isSameAs(connections);
            assertThat(CredentialsProvider.getDefault()).isSameAs(provider);
        } finally {
            CredentialsProvider.setDefault(before);
        }
    }

    /** A machine whose every configuration file is one that breaks what it touches. */
    private static final class Poisoned extends SystemReader.Delegate {
        private final Path config;

        Poisoned(SystemReader machine, Path config) {
            super(machine);
            this.config = config;
        }

        @Override
        public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
            return new FileBasedConfig(parent, config.toFile(), fs);
        }

        @Override
        public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
            return new FileBasedConfig(parent, config.toFile(), fs);
        }
    }
}
