package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Git over SSH, with the programs {@code git} and {@code ssh}. */
@Tag("peer")
class GitSshIT {
    @TempDir
    Path directory;

    private final GitServer server = GitServer.start();
    private final SshEndpoint ssh = server.ssh();
    private ServedRepository shop;

    @BeforeEach
    void begin() throws IOException {
        shop = server.repository("team/shop");
        shop.commit("Add", Map.of("a", "1"));
        Files.writeString(directory.resolve("known_hosts"), ssh.knownHosts(), UTF_8);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"ed25519,256", "ecdsa,256", "ecdsa,521", "rsa,3072"})
    void letsInWhoHasAnAuthorizedKey(String type, int bits) throws IOException {
        authorize(type, bits);
        git("clone", "-q", ssh.uri(shop).toString(), "clone").orFail();
        assertThat(directory.resolve("clone/a")).hasContent("1");
        assertThat(ssh.logins()).isNotEmpty().allMatch(login -> login.matches("git publickey SHA256:\\S+ accepted"));
        assertThat(server.packsRequested()).isEqualTo(1);
        assertThat(server.requests()).contains("SSH /team/shop.git/git-upload-pack");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void speaksEveryVersionOfTheProtocol(int version) throws IOException {
        authorize("ed25519", 256);
        shop.commit("Change", Map.of("a", "2"));
        shop.commit("Change", Map.of("a", "3"));
        Program.Outcome outcome = git().with("GIT_TRACE_PACKET", "1")
                .run(
                        "git",
                        "-c",
                        "protocol.version=" + version,
                        "clone",
                        "--depth",
                        "1",
                        ssh.uri(shop).toString(),
                        "clone");
        // A client that asks for version 1 is content with version 0.
        assertThat(outcome.orFail().contains("< version 2")).isEqualTo(version == 2);
        assertThat(directory.resolve("clone/a")).hasContent("3");
        assertThat(directory.resolve("clone/.git/shallow")).exists();
    }

    @Test
    void takesWhatIsPushedAndFetchesWhatIsNew() throws IOException {
        authorize("ed25519", 256);
        git("clone", "-q", ssh.uri(shop).toString(), "clone").orFail();
        Files.writeString(directory.resolve("clone/a"), "pushed", UTF_8);
        git("-C", "clone", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "Change")
                .orFail();
        git("-C", "clone", "push", "-q", "origin", "HEAD").orFail();
        String next = shop.commit("After", Map.of("b", "new"));
        git("-C", "clone", "pull", "-q", "--ff-only").orFail();
        assertThat(directory.resolve("clone/a")).hasContent("pushed");
        assertThat(directory.resolve("clone/b")).hasContent("new");
        assertThat(git("-C", "clone", "rev-parse", "HEAD").orFail()).isEqualToIgnoringNewLines(next);
        assertThat(server.requestCount("push")).isEqualTo(1);
    }

    @Test
    void refusesKeysThatItDoesNotKnow() throws IOException {
        makeKey("ed25519", 256);
        Program.Outcome outcome = git("clone", ssh.uri(shop).toString(), "clone");
        assertThat(outcome.status()).isEqualTo(128);
        assertThat(outcome.output()).contains("Permission denied (").contains("Could not read from remote repository");
        assertThat(ssh.logins()).isNotEmpty().allMatch(login -> login.endsWith(" refused"));
    }

    @Test
    void isRefusedByClientsThatKnowOtherHostKeys() throws IOException {
        authorize("ed25519", 256);
        ssh.renewHostKeys();
        Program.Outcome outcome = git("clone", ssh.uri(shop).toString(), "clone");
        assertThat(outcome.status()).isEqualTo(128);
        assertThat(outcome.output()).contains("Host key verification failed.");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void saysThatARepositoryIsNotThere() throws IOException {
        authorize("ed25519", 256);
        Program.Outcome outcome = git("clone", ssh.uri() + "nope.git", "clone");
        assertThat(outcome.status()).isEqualTo(128);
        assertThat(outcome.output())
                .contains("fatal: '/nope.git' does not appear to be a git repository")
                .contains("Could not read from remote repository");
    }

    @Test
    void hasNoOtherCommands() throws IOException {
        authorize("ed25519", 256);
        String[] line = ("ssh -F none -o UserKnownHostsFile=known_hosts -o BatchMode=yes -i key -p "
                        + ssh.uri().getPort() + " git@127.0.0.1 rm -r /")
                .split(" ");
        Program.Outcome outcome = git().run(line);
        assertThat(outcome.status()).isEqualTo(128);
        assertThat(outcome.output()).contains("fatal: unrecognized command 'rm -r /'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256"})
    void offersChosenHostKeysAlone(String algorithm) throws IOException {
        authorize("ecdsa", 256);
        ssh.offerHostKeys(algorithm);
        String trace = git().with("GIT_SSH_COMMAND", sshCommand() + " -v")
                .run("git", "ls-remote", ssh.uri(shop).toString())
                .orFail();
        assertThat(trace).contains("kex: host key algorithm: " + algorithm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curve25519-sha256", "ecdh-sha2-nistp384", "diffie-hellman-group14-sha256"})
    void offersChosenKeyExchangesAlone(String algorithm) throws IOException {
        authorize("ed25519", 256);
        ssh.offerKeyExchanges(algorithm);
        String trace = git().with("GIT_SSH_COMMAND", sshCommand() + " -v")
                .run("git", "ls-remote", ssh.uri(shop).toString())
                .orFail();
        assertThat(trace).contains("kex: algorithm: " + algorithm);
    }

    @Test
    void takesPasswords() throws IOException {
        ssh.authorize("ada", Secret.of("lovelace"));
        Path ask = Files.writeString(directory.resolve("ask"), "#!/bin/sh\necho lovelace\n", UTF_8);
        assertThat(ask.toFile().setExecutable(true)).isTrue();
        String command = "ssh -F none -o UserKnownHostsFile=" + directory.resolve("known_hosts")
                + " -o PreferredAuthentications=password -l ada";
        new Program(directory)
                .with("SSH_ASKPASS", ask.toString())
                .with("SSH_ASKPASS_REQUIRE", "force")
                .with("GIT_SSH_COMMAND", command)
                .run("git", "ls-remote", ssh.uri(shop).toString().replace("git@", ""))
                .orFail();
        assertThat(ssh.logins()).containsExactly("ada password accepted");
    }

    @Test
    void goesWrongOnRequest() throws IOException {
        authorize("ed25519", 256);
        String url = ssh.uri(shop).toString();
        server.dropNext(1, "SSH", "/team/");
        assertThat(git("ls-remote", url).status()).isEqualTo(128);
        server.failNext(1, "upload-pack", "/team/shop.git", 503);
        assertThat(git("ls-remote", url).output()).contains("fatal: the server is not able to answer, status 503");
        server.truncateNextPack();
        git("ls-remote", url).orFail();
        assertThat(git("clone", url, "broken").status()).isEqualTo(128);
        server.faultNext(1, "fetch", "/", Fault.corrupt());
        assertThat(git("clone", url, "corrupt").status()).isEqualTo(128);
        server.faultNext(1, "fetch", "/", Fault.throttle(4_000));
        git("clone", url, "slow").orFail();
    }

    @Test
    void losesTheAnswerToAPushThatItTook() throws IOException {
        authorize("ed25519", 256);
        git("clone", "-q", ssh.uri(shop).toString(), "clone").orFail();
        String head = git("-C", "clone", "rev-parse", "HEAD").orFail().trim();
        server.faultNext(1, "push", "/", Fault.loseAnswer());
        assertThat(git("-C", "clone", "push", "origin", "HEAD:refs/heads/other").status())
                .isNotZero();
        assertThat(git("ls-remote", ssh.uri(shop).toString(), "other").orFail()).startsWith(head);
    }

    private void authorize(String type, int bits) throws IOException {
        ssh.authorize(makeKey(type, bits));
    }

    private String makeKey(String type, int bits) throws IOException {
        new Program(directory)
                .run("ssh-keygen", "-q", "-t", type, "-b", Integer.toString(bits), "-N", "", "-f", "key")
                .orFail();
        return Files.readString(directory.resolve("key.pub"), UTF_8);
    }

    private Program.Outcome git(String... arguments) {
        var line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        return git().run(line.toArray(String[]::new));
    }

    private Program git() {
        return new Program(directory).with("GIT_SSH_COMMAND", sshCommand());
    }

    private String sshCommand() {
        return "ssh -F none -o IdentitiesOnly=yes -o BatchMode=yes -o UserKnownHostsFile="
                + directory.resolve("known_hosts") + " -i " + directory.resolve("key");
    }
}
