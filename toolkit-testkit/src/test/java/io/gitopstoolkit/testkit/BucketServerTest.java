package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** With the AWS SDK as the client. */
class BucketServerTest {
    private static final Secret KEY = Secret.of("lovelace");

    private final BucketServer server = BucketServer.start();
    private final S3Client client = AwsClient.of(server, "ada", KEY).client();
    private final HttpClient http = HttpClient.newHttpClient();

    BucketServerTest() {
        server.authorize("ada", KEY);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        server.close();
    }

    @Test
    void servesWhatWasPut() {
        String etag = server.put("shop", "a/b c+ü.yaml", bytes("hello"), Map.of("x-amz-meta-owner", "ada"));
        var read = client.getObjectAsBytes(request -> request.bucket("shop").key("a/b c+ü.yaml"));
        assertThat(read.asUtf8String()).isEqualTo("hello");
        assertThat(read.response().metadata()).containsEntry("owner", "ada");
        assertThat(read.response().eTag())
                .isEqualTo('"' + etag + '"')
                .isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(server.requestCount("GetObject")).isEqualTo(1);
        assertThat(server.requests()).containsExactly("GET /shop/a/b%20c%2B%C3%BC.yaml");
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void takesChunksWithTrailingChecksums(ChecksumAlgorithm algorithm) {
        server.createBucket("shop");
        client.putObject(
                request -> request.bucket("shop").key("a").checksumAlgorithm(algorithm),
                RequestBody.fromString("hello"));
        assertThat(server.get("shop", "a")).contains(bytes("hello"));
        var read = client.putObject(
                request -> request.bucket("shop")
                        .key("b")
                        .contentType("text/plain")
                        .metadata(Map.of("k", "v")),
                RequestBody.fromString("x".repeat(300_000)));
        assertThat(read.checksumCRC32()).isNotEmpty();
        assertThat(client.headObject(request -> request.bucket("shop").key("b").checksumMode(ChecksumMode.ENABLED))
                        .checksumCRC32())
                .isEqualTo(read.checksumCRC32());
        assertThat(server.get("shop", "b")).contains(bytes("x".repeat(300_000)));
        assertThat(client.headObject(request -> request.bucket("shop").key("b")).metadata())
                .containsEntry("k", "v");
    }

    @Test
    void listsByPagesAndPrefixes() {
        for (String key : List.of("a", "b/1", "b/2", "c/1", "d", "ü <&>")) {
            server.put("shop", key, bytes(key));
        }
        var pages = client
                .listObjectsV2Paginator(request -> request.bucket("shop").maxKeys(2))
                .stream()
                .toList();
        assertThat(pages).hasSize(3).allMatch(page -> page.keyCount() == 2);
        assertThat(pages.stream().flatMap(page -> page.contents().stream()))
                .extracting(S3Object::key)
                .containsExactly("a", "b/1", "b/2", "c/1", "d", "ü <&>");
        ListObjectsV2Response tops = client.listObjectsV2(
                request -> request.bucket("shop").delimiter("/").maxKeys(3).startAfter("a"));
        assertThat(tops.commonPrefixes()).extracting(prefix -> prefix.prefix()).containsExactly("b/", "c/");
        assertThat(tops.contents()).extracting(S3Object::key).containsExactly("d");
        assertThat(tops.isTruncated()).isTrue();
        ListObjectsV2Response rest = client.listObjectsV2(
                request -> request.bucket("shop").delimiter("/").continuationToken(tops.nextContinuationToken()));
        assertThat(rest.contents()).extracting(S3Object::key).containsExactly("ü <&>");
        assertThat(client.listObjects(
                                request -> request.bucket("shop").prefix("b/").marker("b/1"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("b/2");
    }

    @Test
    void answersOnConditionsAndInParts() {
        String etag = server.put("shop", "a", bytes("hello"));
        assertThat(client.getObjectAsBytes(
                                request -> request.bucket("shop").key("a").range("bytes=1-3"))
                        .asUtf8String())
                .isEqualTo("ell");
        assertThat(status(() -> client.getObject(
                        request -> request.bucket("shop").key("a").ifNoneMatch(etag))))
                .isEqualTo(304);
        assertThat(code(() -> client.getObject(
                        request -> request.bucket("shop").key("a").ifMatch("other"))))
                .isEqualTo("PreconditionFailed");
        assertThat(code(() -> client.getObject(
                        request -> request.bucket("shop").key("a").range("bytes=9-"))))
                .isEqualTo("InvalidRange");
        assertThat(code(() -> client.putObject(
                        request -> request.bucket("shop").key("a").ifNoneMatch("*"), RequestBody.fromString("new"))))
                .isEqualTo("PreconditionFailed");
    }

    @Test
    void joinsParts() {
        server.createBucket("shop");
        String id = client.createMultipartUpload(
                        request -> request.bucket("shop").key("big").contentType("a/b"))
                .uploadId();
        byte[] first = bytes("x".repeat(5 << 20));
        var tags = new String[2];
        for (int i = 0; i < 2; i++) {
            int number = i + 1;
            tags[i] = client.uploadPart(
                            request -> request.bucket("shop")
                                    .key("big")
                                    .uploadId(id)
                                    .partNumber(number),
                            RequestBody.fromBytes(number == 1 ? first : bytes("end")))
                    .eTag();
        }
        assertThat(client.listParts(request -> request.bucket("shop").key("big").uploadId(id))
                        .parts())
                .hasSize(2);
        var done = client.completeMultipartUpload(request -> request.bucket("shop")
                .key("big")
                .uploadId(id)
                .multipartUpload(parts -> parts.parts(part(1, tags[0]), part(2, tags[1]))));
        assertThat(done.eTag()).matches("\"[0-9a-f]{32}-2\"");
        assertThat(server.get("shop", "big"))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize((5 << 20) + 3));
        assertThat(code(() -> client.abortMultipartUpload(
                        request -> request.bucket("shop").key("big").uploadId(id))))
                .isEqualTo("NoSuchUpload");
    }

    private static CompletedPart part(int number, String tag) {
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    @Test
    void copiesAndDeletes() {
        server.put("shop", "a ü", bytes("hello"), Map.of("x-amz-meta-k", "v"));
        client.createBucket(request -> request.bucket("other"));
        client.copyObject(request -> request.sourceBucket("shop")
                .sourceKey("a ü")
                .destinationBucket("other")
                .destinationKey("b"));
        assertThat(client.headObject(request -> request.bucket("other").key("b"))
                        .metadata())
                .containsEntry("k", "v");
        client.deleteObject(request -> request.bucket("shop").key("a ü"));
        client.deleteObject(request -> request.bucket("shop").key("never"));
        assertThat(code(() -> client.deleteBucket(request -> request.bucket("other"))))
                .isEqualTo("BucketNotEmpty");
        client.deleteObjects(request -> request.bucket("other")
                .delete(Delete.builder()
                        .objects(ObjectIdentifier.builder().key("b").build())
                        .build()));
        client.deleteBucket(request -> request.bucket("other"));
        assertThat(client.listBuckets().buckets())
                .extracting(bucket -> bucket.name())
                .containsExactly("shop");
        assertThat(client.getBucketLocation(request -> request.bucket("shop")).locationConstraintAsString())
                .isEqualTo(BucketServer.REGION);
        assertThat(code(() -> client.getObject(request -> request.bucket("shop").key("a ü"))))
                .isEqualTo("NoSuchKey");
        assertThat(code(() -> client.listObjectsV2(request -> request.bucket("nope"))))
                .isEqualTo("NoSuchBucket");
        assertThat(status(() -> client.getBucketVersioning(request -> request.bucket("shop"))))
                .isEqualTo(501);
    }

    @Nested
    class WhenRequestsAreSignedWrongly {
        @Test
        void saysWhatIsWrong() {
            server.put("shop", "a", bytes("hello"));
            assertThat(refusal(AwsClient.of(server, "ada", Secret.of("wrong")))).isEqualTo("SignatureDoesNotMatch");
            assertThat(refusal(AwsClient.of(server, "bob", KEY))).isEqualTo("InvalidAccessKeyId");
            assertThat(refusal(AwsClient.of(server, "ada", KEY).in("us-east-1")))
                    .isEqualTo("AuthorizationHeaderMalformed");
            assertThat(refusal(AwsClient.of(server, "ada", KEY).withToken("never given")))
                    .isEqualTo("InvalidToken");
        }

        @Test
        void takesSessionTokens() {
            server.put("shop", "a", bytes("hello"));
            server.authorize("temporary", KEY, Secret.of("token"));
            try (S3Client session =
                    AwsClient.of(server, "temporary", KEY).withToken("token").client()) {
                session.headObject(request -> request.bucket("shop").key("a"));
            }
            assertThat(refusal(AwsClient.of(server, "temporary", KEY))).isEqualTo("InvalidToken");
        }

        @Test
        void refusesClocksThatAreWrong() {
            Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(16));
            try (var other = BucketServer.start(late)) {
                other.authorize("ada", KEY);
                other.put("shop", "a", bytes("hello"));
                assertThat(refusal(AwsClient.of(other, "ada", KEY))).isEqualTo("RequestTimeTooSkewed");
            }
        }

        @Test
        void letsNobodyInWithoutSignatureButWhereTold() throws Exception {
            server.put("shop", "a", bytes("hello"));
            HttpResponse<String> refused = get(server.uri().resolve("shop/a"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body())
                    .contains("<Code>AccessDenied</Code><Message>Access Denied</Message>")
                    .contains("<Resource>/shop/a</Resource>");
            server.allowAnonymous("shop");
            assertThat(get(server.uri().resolve("shop/a")).body()).isEqualTo("hello");
            assertThat(get(server.uri().resolve("shop?list-type=2")).body()).contains("<Key>a</Key>");
        }

        private String refusal(AwsClient other) {
            try (S3Client wrong = other.client()) {
                return code(
                        () -> wrong.getObject(request -> request.bucket("shop").key("a")));
            }
        }
    }

    @Test
    void takesPresignedAddressesWhileTheyAreGood() throws Exception {
        server.put("shop", "a ü", bytes("hello"));
        URI good = AwsClient.of(server, "ada", KEY).presigned("shop", "a ü", Duration.ofMinutes(1));
        assertThat(get(good).body()).isEqualTo("hello");
        assertThat(get(URI.create(good.toString().replace("a%20", "b%20"))).body())
                .contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(server.requests())
                .allSatisfy(line -> assertThat(line).contains("X-Amz-Signature=***", "X-Amz-Credential=***"));
        try (var later = BucketServer.start(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)))) {
            later.authorize("ada", KEY);
            later.put("shop", "a", bytes("hello"));
            URI late = AwsClient.of(later, "ada", KEY).presigned("shop", "a", Duration.ofMinutes(1));
            assertThat(get(late).body()).contains("<Message>Request has expired</Message>");
        }
    }

    @Test
    void goesWrongOnRequest() throws Exception {
        server.put("shop", "a", bytes("hello"));
        server.allowAnonymous("shop");
        URI uri = server.uri().resolve("shop/a");
        server.failNext(1, "GetObject", "/shop/", 503);
        HttpResponse<String> busy = get(uri);
        assertThat(busy.body()).contains("<Code>SlowDown</Code>");
        assertThat(busy.headers().firstValue("retry-after")).contains("1");
        server.faultNext(1, "*", "/shop/a", Fault.shorten());
        assertThat(get(uri).body()).isEqualTo("he");
        server.faultNext(1, "*", "/shop/a", Fault.header("ETag", "\"other\""));
        assertThat(get(uri).headers().firstValue("etag")).contains("\"other\"");
        server.dropNext(10, "GET", "/shop/a"); // which the client tries again by itself
        assertThatThrownBy(() -> get(uri)).isInstanceOf(IOException.class);
        server.clearFaults();
        server.faultNext(1, "GetObject", "/", Fault.corrupt());
        assertThat(get(uri).body()).hasSize(5).isNotEqualTo("hello");
        assertThat(get(uri).body()).isEqualTo("hello");
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String code(ThrowingCallable call) {
        return catchThrowableOfType(S3Exception.class, call).awsErrorDetails().errorCode();
    }

    private static int status(ThrowingCallable call) {
        return catchThrowableOfType(AwsServiceException.class, call).statusCode();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
