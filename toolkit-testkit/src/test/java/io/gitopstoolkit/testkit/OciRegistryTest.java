package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What Docker's registry does not have, or does otherwise than the specification; the rest is in {@link OciRegistryIT}. */
class OciRegistryTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final String LAYER = "application/vnd.cncf.flux.content.v1.tar+gzip";
    private static final String AUTHORIZATION = "Authorization";

    private final OciRegistry registry = OciRegistry.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        registry.close();
        registry.close();
    }

    @Test
    void servesWhatWasPut() throws Exception {
        Digest digest = registry.artifact("team/shop")
                .layer(LAYER, HELLO)
                .annotation("org.opencontainers.image.revision", "main@sha1:abc")
                .push("v1");
        HttpResponse<String> manifest = get("v2/team/shop/manifests/v1");
        assertThat(manifest.headers().firstValue("docker-content-digest")).contains(digest.toString());
        assertThat(manifest.headers().firstValue("content-type"))
                .contains("application/vnd.oci.image.manifest.v1+json");
        assertThat(Digest.sha256(manifest.body().getBytes(UTF_8))).isEqualTo(digest);
        assertThat(get("v2/team/shop/blobs/" + Digest.sha256(HELLO)).body()).isEqualTo("hello");
        assertThat(registry.digest("team/shop", "v1")).contains(digest);
        assertThat(registry.requestCount("GetManifest")).isEqualTo(1);
        assertThat(registry.requests()).startsWith("GET /v2/team/shop/manifests/v1");
    }

    @Test
    void givesTheSameDigestToTheSameArtifact() {
        assertThat(registry.artifact("a").layer(LAYER, HELLO).push("v1"))
                .isEqualTo(registry.artifact("b").layer(LAYER, HELLO).push());
    }

    @Test
    void keepsNoManifestThatIsNone() {
        assertThatThrownBy(() -> registry.putManifest("shop", "v1", "a/b", HELLO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no manifest of type a/b");
        assertThat(registry.tags("shop")).isEmpty();
    }

    @Test
    void takesChunksInTheirOrderAlone() throws Exception {
        URI upload = location(send("POST", "v2/a/blobs/uploads/", ""));
        HttpResponse<String> first = send("PATCH", upload, "hel", "Content-Range", "0-2");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("range")).contains("0-2");
        HttpResponse<String> wrong = send("PATCH", location(first), "lo", "Content-Range", "4-5");
        assertThat(wrong.statusCode()).isEqualTo(416);
        assertThat(wrong.headers().firstValue("range")).contains("0-2");
        assertThat(send("PATCH", location(first), "lo", "Content-Range", "3-4").statusCode())
                .isEqualTo(202);
        String digest = Digest.sha256(HELLO).toString();
        HttpResponse<String> done = send("PUT", URI.create(upload + "?digest=" + digest), "");
        assertThat(done.statusCode()).isEqualTo(201);
        assertThat(get("v2/a/blobs/" + digest).body()).isEqualTo("hello");
    }

    @Test
    void takesABlobInOneRequest() throws Exception {
        String digest = Digest.sha256(HELLO).toString();
        assertThat(send("POST", "v2/a/blobs/uploads/?digest=" + digest, "hello").statusCode())
                .isEqualTo(201);
        assertThat(registry.blob("a", Digest.sha256(HELLO))).contains(HELLO);
    }

    @Test
    void refusesRangesAndPagesThatAreNone() throws Exception {
        registry.putBlob("shop", HELLO);
        HttpResponse<String> beyond = get("v2/shop/blobs/" + Digest.sha256(HELLO), "Range", "bytes=9-12");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("content-range")).contains("bytes */5");
        assertThat(get("v2/_catalog?n=x").body()).contains("PAGINATION_NUMBER_INVALID");
    }

    @Test
    void listsTagsByPages() throws Exception {
        for (String tag : List.of("c", "a", "d", "b")) {
            registry.artifact("shop").push(tag);
        }
        HttpResponse<String> page = get("v2/shop/tags/list?n=3");
        assertThat(page.body()).contains("[\"a\",\"b\",\"c\"]");
        assertThat(page.headers().firstValue("link")).contains("</v2/shop/tags/list?last=c&n=3>; rel=\"next\"");
        HttpResponse<String> rest = get("v2/shop/tags/list?last=c&n=3");
        assertThat(rest.body()).contains("[\"d\"]");
        assertThat(rest.headers().firstValue("link")).isEmpty();
    }

    @Test
    void listsWhatRefersToAManifest() throws Exception {
        Digest image = registry.artifact("shop").layer(LAYER, HELLO).push("v1");
        Digest signature = registry.artifact("shop")
                .artifactType("application/vnd.dev.sigstore.bundle.v0.3+json")
                .annotation("a", "b")
                .subject(image)
                .push();
        registry.artifact("shop").artifactType("text/plain").subject(image).push();
        HttpResponse<String> all = get("v2/shop/referrers/" + image);
        assertThat(all.headers().firstValue("content-type")).contains("application/vnd.oci.image.index.v1+json");
        assertThat(all.body()).contains(signature.toString(), "text/plain", "\"annotations\":{\"a\":\"b\"}");
        HttpResponse<String> some = get("v2/shop/referrers/" + image + "?artifactType=text%2Fplain");
        assertThat(some.body()).doesNotContain(signature.toString());
        assertThat(some.headers().firstValue("oci-filters-applied")).contains("artifactType");
        registry.forgetReferrers();
        assertThat(get("v2/shop/referrers/" + image).statusCode()).isEqualTo(404);
    }

    @Nested
    class WhenTokensAreRequired {
        private static final String TOKENS = "token?service=x&scope=repository:shop:pull";

        @Test
        void challengesAndTakesTokensOfThatScopeAlone() throws Exception {
            registry.artifact("shop").push("v1");
            registry.artifact("other").push("v1");
            registry.requireToken("ada", Secret.of("lovelace"), Duration.ofMinutes(5));
            HttpResponse<String> refused = get("v2/shop/manifests/v1");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("www-authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge)
                            .isEqualTo("Bearer realm=\"" + registry.uri() + "token\",service=\"gitopstoolkit-testkit\","
                                    + "scope=\"repository:shop:pull\""));
            assertThat(get(TOKENS).statusCode()).isEqualTo(401);
            String token = token(get(TOKENS, AUTHORIZATION, basic("ada:lovelace")));
            assertThat(get("v2/shop/manifests/v1", AUTHORIZATION, token).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> elsewhere = get("v2/other/manifests/v1", AUTHORIZATION, token);
            assertThat(elsewhere.statusCode()).isEqualTo(401);
            assertThat(elsewhere.headers().firstValue("www-authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).endsWith(",error=\"insufficient_scope\""));
            assertThat(send("POST", registry.uri().resolve("v2/shop/blobs/uploads/"), "", AUTHORIZATION, token)
                            .statusCode())
                    .isEqualTo(401);
        }

        @Test
        void takesNoTokenBeyondItsLife() throws Exception {
            registry.artifact("shop").push("v1");
            registry.requireToken("ada", Secret.of("lovelace"), Duration.ofMinutes(5));
            String token = token(get(TOKENS, AUTHORIZATION, basic("ada:lovelace")));
            registry.expireTokens();
            HttpResponse<String> late = get("v2/shop/manifests/v1", AUTHORIZATION, token);
            assertThat(late.headers().firstValue("www-authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).endsWith(",error=\"invalid_token\""));
        }

        @Test
        void letsEverybodyPullWhereTold() throws Exception {
            registry.artifact("shop").push("v1");
            registry.requireTokenToPush("ada", Secret.of("lovelace"), Duration.ofMinutes(5));
            String token = token(get(TOKENS + ",push"));
            assertThat(get("v2/shop/manifests/v1", AUTHORIZATION, token).statusCode())
                    .isEqualTo(200);
            assertThat(send("POST", registry.uri().resolve("v2/shop/blobs/uploads/"), "", AUTHORIZATION, token)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(get(TOKENS, AUTHORIZATION, basic("ada:wrong")).statusCode())
                    .isEqualTo(401);
        }

        private String token(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(200);
            return "Bearer " + answer.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        }
    }

    @Nested
    class WhenToldToFail {
        private final String blob = "v2/shop/blobs/" + Digest.sha256(HELLO);

        @Test
        void liesAboutDigestsAndContent() throws Exception {
            registry.putBlob("shop", HELLO);
            registry.faultNext(1, "GetBlob", "/v2/shop/", Fault.corrupt());
            assertThat(get(blob).body()).hasSize(5).isNotEqualTo("hello");
            registry.faultNext(1, "GetBlob", "/v2/shop/", Fault.shorten());
            assertThat(get(blob).body()).isEqualTo("he");
            registry.faultNext(1, "GET", "/v2/", Fault.header("Docker-Content-Digest", "sha256:00"));
            assertThat(get(blob).headers().firstValue("docker-content-digest")).contains("sha256:00");
            assertThat(get(blob).body()).isEqualTo("hello");
        }

        @Test
        void answersAsMuchAndAsLateAsTold() throws Exception {
            registry.putBlob("shop", HELLO);
            registry.faultNext(1, "*", "/", Fault.truncate());
            assertThatThrownBy(() -> get(blob)).isInstanceOf(IOException.class);
            registry.faultNext(1, "*", "/", Fault.throttle(100));
            long start = System.nanoTime();
            assertThat(get(blob).body()).isEqualTo("hello");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
        }

        @Test
        void refusesInItsOwnForm() throws Exception {
            registry.failNext(2, "GET", "/v2/shop/", 429);
            assertThat(get("v2/").statusCode()).isEqualTo(200);
            HttpResponse<String> busy = get(blob);
            assertThat(busy.statusCode()).isEqualTo(429);
            assertThat(busy.headers().firstValue("retry-after")).contains("1");
            assertThat(busy.body()).contains("\"code\":\"TOOMANYREQUESTS\"");
            assertThat(get(blob).statusCode()).isEqualTo(429);
            assertThat(get(blob).statusCode()).isEqualTo(404);
        }

        @Test
        void losesTheAnswerToWhatItDid() {
            String digest = Digest.sha256(HELLO).toString();
            registry.faultNext(1, "PostUpload", "/", Fault.loseAnswer());
            assertThatThrownBy(() -> send("POST", "v2/shop/blobs/uploads/?digest=" + digest, "hello"))
                    .isInstanceOf(IOException.class);
            assertThat(registry.blob("shop", Digest.sha256(HELLO))).isPresent();
        }

        @Test
        void redirectsBlobsElsewhere() throws Exception {
            try (var storage = OciRegistry.start()) {
                storage.putBlob("shop", HELLO);
                registry.faultNext(1, "GetBlob", "/", Fault.redirect(storage.uri()));
                HttpResponse<String> redirected = get(blob);
                assertThat(redirected.statusCode()).isEqualTo(307);
                assertThat(get(location(redirected)).body()).isEqualTo("hello");
            }
        }
    }

    @Test
    void showsNoCredentialsInItsRecord() throws Exception {
        get("token?account=ada&password=lovelace&access_token=secret1");
        assertThat(registry.requests()).containsExactly("GET /token?account=ada&password=***&access_token=***");
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private URI location(HttpResponse<String> answer) {
        return registry.uri().resolve(answer.headers().firstValue("location").orElseThrow());
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return get(registry.uri().resolve(path), headers);
    }

    private HttpResponse<String> get(URI uri, String... headers) throws IOException, InterruptedException {
        return send("GET", uri, "", headers);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(method, registry.uri().resolve(path), body);
    }

    private HttpResponse<String> send(String method, URI uri, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
