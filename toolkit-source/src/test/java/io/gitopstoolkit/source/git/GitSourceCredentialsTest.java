package io.gitopstoolkit.source.git;

import static io.gitopstoolkit.source.git.GitTests.fetch;
import static io.gitopstoolkit.source.git.GitTests.in30Seconds;
import static io.gitopstoolkit.source.git.GitTests.main;
import static io.gitopstoolkit.source.git.GitTests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.source.Credentials;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GitSourceCredentialsTest {
    private static final String PLANTED = "hunter2-planted";
    private static final Credentials BASIC = new Credentials.Basic("deploy", Secret.of(PLANTED));
    private static final Credentials BEARER = new Credentials.Bearer(Secret.of(PLANTED));

    private final GitServer server = GitServer.start();
    private final ServedRepository shop = server.repository("shop");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsAUserNameAndPassword() {
        shop.commit("First", Map.of("a", "1"));
        server.requireBasic("deploy", Secret.of(PLANTED));
        try (var source = main(shop).credentials(BASIC).build()) {
            assertThat(text(fetch(source).files(), "a")).isEqualTo("1");
        }
    }

    @Test
    void sendsABearerToken() {
        shop.commit("First", Map.of("a", "1"));
        server.requireBearer(Secret.of(PLANTED));
        try (var source = main(shop).credentials(BEARER).build()) {
            assertThat(text(fetch(source).files(), "a")).isEqualTo("1");
        }
    }

    @Test
    void saysThatCredentialsAreAskedFor() {
        server.requireBasic("deploy", Secret.of(PLANTED));
        assertThat(failure(main(shop)))
                .hasMessage("could not resolve " + shop.uri()
                        + ": the server asks for credentials; give some to the source (HTTP status 401)");
    }

    @Test
    void saysThatCredentialsAreRefused() {
        server.requireBasic("deploy", Secret.of("another"));
        for (Credentials wrong : List.of(BASIC, BEARER)) {
            assertThat(failure(main(shop).credentials(wrong)))
                    .hasMessage("could not resolve " + shop.uri() + ": the server refused the credentials;"
                            + " check that they are valid and may read the repository (HTTP status 401)");
        }
        server.answerNext(403);
        assertThat(failure(main(shop).credentials(BASIC))).hasMessageContaining("(HTTP status 403)");
    }

    @Test
    void printsNoCredentialsAnywhere() {
        server.requireBasic("deploy", Secret.of("another"));
        PrintStream before = System.err;
        var log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        var printed = new StringWriter();
        try (var source = main(shop).credentials(BASIC).build()) {
            var failure = catchThrowableOfType(SourceException.class, () -> source.resolve(in30Seconds()));
            failure.printStackTrace(new PrintWriter(printed));
            printed.append(source.toString()).append(BASIC.toString()).append(BEARER.toString());
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString() + log.toString(StandardCharsets.UTF_8))
                .contains("***")
                .doesNotContain(PLANTED)
                .doesNotContain("ZGVwbG95Omh1bnRlcjI");
    }

    @Test
    void followsARedirectToAnotherHostWithoutTheCredentials() throws Exception {
        shop.commit("First", Map.of("a", "1"));
        var authorizations = new CopyOnWriteArrayList<String>();
        var elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        elsewhere.start();
        try (var source = main(shop).credentials(BASIC).build()) {
            server.redirectNext(
                    URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/"));
            assertThatThrownBy(() -> source.resolve(in30Seconds())).isInstanceOf(SourceException.class);
            assertThat(authorizations).containsExactly("null");
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void fetchesFromTheHostThatARedirectLeadsTo() {
        shop.commit("First", Map.of("a", "1"));
        try (var front = GitServer.start();
                var source = GitSource.builder(front.uri().resolve("/shop.git"))
                        .reference(GitTests.MAIN)
                        .build()) {
            front.redirectNext(server.uri());
            front.redirectNext(server.uri());
            assertThat(text(fetch(source).files(), "a")).isEqualTo("1");
        }
    }

    @Test
    void refusesCredentialsThatCannotBeSent() {
        assertThatThrownBy(() -> new Credentials.Basic("a:b", Secret.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Credentials.Basic("a\nb", Secret.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
        for (String token : List.of("", "a b", "a\r\nX: y", "ü")) {
            assertThatThrownBy(() -> new Credentials.Bearer(Secret.of(token)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a bearer token holds visible ASCII characters alone");
        }
    }

    private static SourceException failure(GitSource.Builder builder) {
        try (var source = builder.build()) {
            var failure = catchThrowableOfType(SourceException.class, () -> source.resolve(in30Seconds()));
            assertThat(failure.why()).isEqualTo(Reason.AUTHENTICATION_FAILED);
            return failure;
        }
    }
}
