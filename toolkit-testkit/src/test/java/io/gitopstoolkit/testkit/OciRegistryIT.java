package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry beside Docker's, and with skopeo as its client. */
@Tag("peer")
class OciRegistryIT {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final String BLOB = Digest.sha256(HELLO).toString();
    private static final String OTHER = Digest.sha256("other".getBytes(UTF_8)).toString();
    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE
            + "\",\"config\":{\"mediaType\":\"a/b\",\"digest\":\""
            + BLOB + "\",\"size\":5},\"layers\":[{\"mediaType\":\"a/b\",\"digest\":\"" + BLOB
            + "\",\"size\":5}]}";
    private static final String MANIFEST_DIGEST =
            Digest.sha256(MANIFEST.getBytes(UTF_8)).toString();

    @TempDir
    Path directory;

    private final OciRegistry registry = OciRegistry.start();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void answersAsDockersRegistry() throws IOException, InterruptedException {
        try (var docker = PeerProcess.dockerRegistry(directory)) {
            var ours = new RegistryTranscript(registry.uri());
            var theirs = new RegistryTranscript(docker.uri());
            for (RegistryTranscript transcript : new RegistryTranscript[] {theirs, ours}) {
                play(transcript);
            }
            assertThat(ours.text()).isEqualTo(theirs.text());
            assertThat(ours.text().lines()).hasSizeGreaterThan(150);
        }
    }

    private static void play(RegistryTranscript to) throws IOException, InterruptedException {
        unknown(to);
        upload(to);
        blobs(to);
        manifests(to);
        deletion(to);
    }

    private static void unknown(RegistryTranscript to) throws IOException, InterruptedException {
        to.send("GET", "/v2/", "");
        to.send("GET", "/nope", "");
        to.send("GET", "/v2/UPPER/tags/list", "");
        to.send("GET", "/v2/_catalog", "");
        to.send("GET", "/v2/a/tags/list", "");
        to.send("GET", "/v2/a/manifests/v1", "");
        to.send("HEAD", "/v2/a/manifests/v1", "");
        to.send("GET", "/v2/a/manifests/" + MANIFEST_DIGEST, "");
        to.send("GET", "/v2/a/blobs/" + BLOB, "");
        to.send("HEAD", "/v2/a/blobs/" + BLOB, "");
        to.send("GET", "/v2/a/blobs/sha256:zz", "");
        to.send("DELETE", "/v2/a/blobs/" + BLOB, "");
    }

    private static void upload(RegistryTranscript to) throws IOException, InterruptedException {
        to.send("POST", "/v2/a/blobs/uploads/", "");
        to.upload("PUT", "", "hello");
        to.upload("PUT", "digest=foo", "hello");
        to.upload("PUT", "digest=" + OTHER, "hello");
        to.send("POST", "/v2/a/blobs/uploads/", "");
        to.upload("PATCH", "", "hel");
        to.upload("GET", "", "");
        to.upload("PATCH", "", "lo");
        to.upload("PUT", "digest=" + BLOB, "");
        to.send("POST", "/v2/a/blobs/uploads/", "");
        to.upload("DELETE", "", "");
        to.upload("DELETE", "", "");
        to.send("POST", "/v2/b/blobs/uploads/?mount=" + BLOB + "&from=a", "");
        to.send("POST", "/v2/b/blobs/uploads/?mount=" + OTHER + "&from=a", "");
        to.send("POST", "/v2/a/blobs/uploads/", "");
        to.upload("PUT", "digest=" + BLOB, "hello");
    }

    private static void blobs(RegistryTranscript to) throws IOException, InterruptedException {
        to.send("HEAD", "/v2/a/blobs/" + BLOB, "");
        to.send("GET", "/v2/a/blobs/" + BLOB, "");
        to.send("GET", "/v2/b/blobs/" + BLOB, "");
        to.send("GET", "/v2/a/blobs/" + BLOB, "", "Range", "bytes=1-2");
        to.send("GET", "/v2/a/blobs/" + BLOB, "", "Range", "bytes=3-");
        to.send("GET", "/v2/a/blobs/" + BLOB, "", "Range", "bytes=-2");
        to.send("GET", "/v2/a/blobs/" + BLOB, "", "Range", "bytes=2-100");
        to.send("GET", "/v2/a/blobs/" + BLOB, "", "If-None-Match", "\"" + BLOB + "\"");
    }

    private static void manifests(RegistryTranscript to) throws IOException, InterruptedException {
        String type = "Content-Type";
        to.send("PUT", "/v2/a/manifests/v1", "no JSON", type, MANIFEST_TYPE);
        to.send("PUT", "/v2/a/manifests/v1", MANIFEST.replace(BLOB, OTHER), type, MANIFEST_TYPE);
        to.send("PUT", "/v2/a/manifests/" + OTHER, MANIFEST, type, MANIFEST_TYPE);
        to.send("PUT", "/v2/a/manifests/v1", MANIFEST, type, MANIFEST_TYPE);
        to.send("PUT", "/v2/a/manifests/" + MANIFEST_DIGEST, MANIFEST, type, MANIFEST_TYPE);
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX_TYPE + "\",\"manifests\":[{\"mediaType\":\""
                + MANIFEST_TYPE + "\",\"digest\":\"" + MANIFEST_DIGEST + "\",\"size\":" + MANIFEST.length()
                + ",\"platform\":{\"architecture\":\"arm64\",\"os\":\"linux\"}}]}";
        to.send("PUT", "/v2/a/manifests/multi", index.replace(MANIFEST_DIGEST, OTHER), type, INDEX_TYPE);
        to.send("PUT", "/v2/a/manifests/multi", index, type, INDEX_TYPE);
        for (String reference : new String[] {"v1", MANIFEST_DIGEST, "multi"}) {
            to.send("GET", "/v2/a/manifests/" + reference, "", "Accept", MANIFEST_TYPE + ", " + INDEX_TYPE);
            to.send("HEAD", "/v2/a/manifests/" + reference, "", "Accept", MANIFEST_TYPE + ", " + INDEX_TYPE);
        }
        to.send("GET", "/v2/a/manifests/v1", "", "If-None-Match", "\"" + MANIFEST_DIGEST + "\"");
        to.send("GET", "/v2/a/tags/list", "");
        to.send("GET", "/v2/_catalog", "");
        to.send("GET", "/v2/_catalog?n=1", "");
        to.send("GET", "/v2/_catalog?n=1&last=a", "");
    }

    private static void deletion(RegistryTranscript to) throws IOException, InterruptedException {
        to.send("DELETE", "/v2/a/manifests/" + OTHER, "");
        to.send("DELETE", "/v2/a/manifests/" + MANIFEST_DIGEST, "");
        to.send("GET", "/v2/a/manifests/" + MANIFEST_DIGEST, "");
        to.send("DELETE", "/v2/a/blobs/" + BLOB, "");
        to.send("HEAD", "/v2/a/blobs/" + BLOB, "");
        to.send("GET", "/v2/b/blobs/" + BLOB, "");
    }

    @Test
    void contentsSkopeo() throws IOException {
        registry.requireToken("ada", Secret.of("lovelace"), Duration.ofMinutes(5));
        Digest amd = registry.artifact("shop")
                .layer("application/vnd.oci.image.layer.v1.tar", HELLO)
                .push("amd");
        Digest arm = registry.artifact("shop").annotation("for", "arm").push("arm");
        Digest index = registry.index("shop")
                .manifest(amd, "linux", "amd64")
                .manifest(arm, "linux", "arm64")
                .push("v1");
        String source = "docker://" + registry.host() + "/shop:v1";
        Program.Outcome refused = skopeo("copy", "--src-tls-verify=false", "--all", source, "dir:copy");
        assertThat(refused.status()).isNotZero();
        skopeo("copy", "--src-tls-verify=false", "--src-creds=ada:lovelace", "--all", source, "dir:copy")
                .orFail();
        skopeo(
                        "copy",
                        "--dest-tls-verify=false",
                        "--dest-creds=ada:lovelace",
                        "--all",
                        "dir:copy",
                        "docker://" + registry.host() + "/pushed/shop:v2")
                .orFail();
        assertThat(registry.digest("pushed/shop", "v2")).contains(index);
        assertThat(registry.blob("pushed/shop", Digest.sha256(HELLO))).contains(HELLO);
        assertThat(skopeo(
                                "list-tags",
                                "--tls-verify=false",
                                "--creds=ada:lovelace",
                                "docker://" + registry.host() + "/shop")
                        .orFail())
                .contains("\"amd\"", "\"arm\"", "\"v1\"");
        skopeo("delete", "--tls-verify=false", "--creds=ada:lovelace", "docker://" + registry.host() + "/shop:amd")
                .orFail();
        assertThat(registry.manifest("shop", amd.toString())).isEmpty();
        assertThat(registry.requests()).noneMatch(line -> line.contains("lovelace"));
    }

    @Test
    void isDistrustedBySkopeoWhenItLies() {
        registry.artifact("shop")
                .layer("application/vnd.oci.image.layer.v1.tar", HELLO)
                .push("v1");
        registry.faultNext(1, "GetBlob", "/v2/shop/blobs/" + BLOB, Fault.corrupt());
        Program.Outcome outcome =
                skopeo("copy", "--src-tls-verify=false", "docker://" + registry.host() + "/shop:v1", "dir:copy");
        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.output()).contains("Digest did not match");
    }

    private Program.Outcome skopeo(String... arguments) {
        String[] line = new String[arguments.length + 2];
        line[0] = "skopeo";
        line[1] = "--insecure-policy";
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return new Program(directory).run(line);
    }
}
