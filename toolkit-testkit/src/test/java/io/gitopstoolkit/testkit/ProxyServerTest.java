package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyServerTest {
    private final ProxyServer proxy = ProxyServer.start();
    private final WebhookServer server = WebhookServer.start();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(ProxySelector.of(proxy.address()))
            .build();

    @AfterEach
    void close() {
        server.close();
        proxy.close();
        proxy.close();
    }

    @Test
    void passesRequestsOnAndKeepsThem() throws Exception {
        server.answer(WebhookAnswer.status(201).withBody("made"));
        HttpResponse<String> answer = post(server.uri().resolve("hook?a=1"), "body");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("made");
        WebhookServer.Request arrived = server.requests().get(0);
        assertThat(arrived.path()).isEqualTo("/hook?a=1");
        assertThat(arrived.body()).isEqualTo("body");
        assertThat(arrived.header("proxy-authorization")).isEmpty();
        assertThat(proxy.requests()).containsExactly("POST " + server.uri() + "hook?a=1");
    }

    @Test
    void takesOtherHostsForServersOfTheTest() throws Exception {
        proxy.route("hooks.example.org", server.uri());
        proxy.route("*.s3.example.org", server.uri());
        assertThat(post(URI.create("http://hooks.example.org/a"), "x").statusCode())
                .isEqualTo(200);
        assertThat(post(URI.create("http://shop.s3.example.org/b"), "x").statusCode())
                .isEqualTo(200);
        assertThat(server.requests().get(1).header("host")).contains("shop.s3.example.org");
    }

    @Test
    void asksForCredentials() throws Exception {
        proxy.requireBasic("ada", Secret.of("lovelace"));
        HttpResponse<String> refused = post(server.uri(), "x");
        assertThat(refused.statusCode()).isEqualTo(407);
        assertThat(refused.headers().firstValue("proxy-authenticate")).contains("Basic realm=\"proxy\"");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void saysThatAServerCannotBeReached() throws Exception {
        server.close();
        assertThat(post(server.uri(), "x").statusCode()).isEqualTo(502);
    }

    @Test
    void goesWrongOnRequest() throws Exception {
        proxy.failNext(1, "POST", server.uri().toString(), 503);
        assertThat(post(server.uri(), "x").statusCode()).isEqualTo(503);
        proxy.dropNext(1, "forward", "http://");
        assertThatThrownBy(() -> post(server.uri(), "x")).isInstanceOf(IOException.class);
        proxy.faultNext(1, "*", "", Fault.loseAnswer());
        assertThatThrownBy(() -> post(server.uri(), "x")).isInstanceOf(IOException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @Tag("peer")
    void tunnelsForTheGitProgramWithCredentials(@TempDir Path directory) {
        proxy.requireBasic("ada", Secret.of("lovelace"));
        proxy.route("git.example.org", server.uri());
        try (var git = GitServer.start()) {
            var shop = git.repository("shop");
            shop.commit("Add", Map.of("a", "1"));
            proxy.route("git.example.org", git.uri());
            var program = new Program(directory);
            String address = "http://git.example.org/shop.git";
            String through = "http.proxy=http://ada:lovelace@127.0.0.1:"
                    + proxy.address().getPort();
            program.run("git", "-c", through, "clone", "-q", address, "clone").orFail();
            assertThat(directory.resolve("clone/a")).hasContent("1");
            String tunnel =
                    "-x http://ada:lovelace@127.0.0.1:" + proxy.address().getPort() + " -p -sS ";
            String[] curl = ("curl " + tunnel + address + "/info/refs?service=git-upload-pack").split(" ");
            assertThat(program.run(curl).orFail()).contains("refs/heads/main");
            assertThat(proxy.requests()).contains("CONNECT git.example.org:80");
            assertThat(program.run("git", "-c", through.replace("lovelace", "wrong"), "ls-remote", address)
                            .output())
                    .contains("407");
            assertThat(proxy.requests()).noneMatch(line -> line.contains("lovelace"));
        }
    }

    private HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofString(body, UTF_8))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
