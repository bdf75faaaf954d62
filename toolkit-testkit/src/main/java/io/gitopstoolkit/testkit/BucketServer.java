package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.bucket.BucketAccess;
import io.gitopstoolkit.testkit.internal.bucket.BucketSite;
import io.gitopstoolkit.testkit.internal.bucket.BucketStore;
import io.gitopstoolkit.testkit.internal.web.SiteServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Buckets on the loopback address, for tests, in S3's protocol: listings of both versions, reading in parts and on
 * conditions, writing at once, in signed chunks and in parts, copies, deletion, checksums, user metadata. Every signature
 * (version 4, in the header or in the query) is verified as AWS does; a region, a clock, a key or a body that is not what
 * was signed is refused with the error that AWS gives. Content is kept in memory. Safe between threads.
 *
 * <p>A bucket is addressed in the path, or in the name of the host: {@code shop.s3.example.org} and {@code shop.localhost}
 * are the bucket {@code shop}, where a client or a {@link ProxyServer} takes such names for this server. Versions, tags,
 * access lists and what else a bucket of AWS's has are answered with 501 and the name of the feature.
 *
 * <p>Its operations, for {@link #faultNext} and {@link #requestCount(String)}, have AWS's names, such as
 * {@code ListObjectsV2}, {@code GetObject} and {@code UploadPart}; paths are {@code /bucket/key} in either style.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">Amazon S3 API Reference</a>
 */
public final class BucketServer implements FaultInjection, AutoCloseable {
    /** The region that requests are signed for. */
    public static final String REGION = "eu-central-1";

    private final SiteServer server;
    private final BucketStore store;
    private final BucketAccess access;

    private BucketServer(@Nullable SSLContext context, Clock clock) {
        store = new BucketStore(clock);
        access = new BucketAccess(REGION, clock);
        server = new SiteServer("bucket-server", context);
        server.start(new BucketSite(store, access));
    }

    /**
     * Starts a server on a free port.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static BucketServer start() {
        return new BucketServer(null, Clock.systemUTC());
    }

    /**
     * Starts a server on a free port whose time is that of {@code clock}.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static BucketServer start(Clock clock) {
        return new BucketServer(null, requireNonNull(clock, "clock"));
    }

    /**
     * Starts a server on a free port that speaks TLS with the key of {@code context}.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static BucketServer start(SSLContext context) {
        return new BucketServer(requireNonNull(context, "context"), Clock.systemUTC());
    }

    /** The endpoint, such as {@code http://127.0.0.1:40123/}. */
    public URI uri() {
        return server.uri();
    }

    /** Lets in who signs with this key, in addition to those before. */
    public void authorize(String accessKeyId, Secret secretAccessKey) {
        access.add(
                requireNonNull(accessKeyId, "accessKeyId"), requireNonNull(secretAccessKey, "secretAccessKey"), null);
    }

    /** Lets in who signs with this temporary key and sends its session token, in addition to those before. */
    public void authorize(String accessKeyId, Secret secretAccessKey, Secret sessionToken) {
        access.add(
                requireNonNull(accessKeyId, "accessKeyId"),
                requireNonNull(secretAccessKey, "secretAccessKey"),
                requireNonNull(sessionToken, "sessionToken"));
    }

    /** Makes a bucket where there is none, and from now on lets everybody read it. */
    public void allowAnonymous(String bucket) {
        store.create(bucket);
        access.open(bucket);
    }

    /** Makes a bucket where there is none. */
    public void createBucket(String bucket) {
        store.create(requireNonNull(bucket, "bucket"));
    }

    /**
     * Keeps an object, in a bucket that is made where it is not there.
     *
     * @return its ETag, without quotes
     */
    public String put(String bucket, String key, byte[] bytes) {
        return put(bucket, key, bytes, Map.of());
    }

    /**
     * Keeps an object with headers, in a bucket that is made where it is not there.
     *
     * @param headers such as {@code content-type} or {@code x-amz-meta-owner}, in lower case
     * @return its ETag, without quotes
     */
    public String put(String bucket, String key, byte[] bytes, Map<String, String> headers) {
        store.create(bucket);
        return store.put(bucket, requireNonNull(key, "key"), bytes.clone(), headers);
    }

    /** The bytes of an object. */
    public Optional<byte[]> get(String bucket, String key) {
        return Optional.ofNullable(store.bytes(bucket, key)).map(byte[]::clone);
    }

    /** The keys of a bucket in the order of their bytes; none where there is no such bucket. */
    public List<String> keys(String bucket) {
        return store.keys(bucket);
    }

    /**
     * Removes an object.
     *
     * @return whether it was there
     */
    public boolean remove(String bucket, String key) {
        return store.remove(bucket, key);
    }

    /**
     * From now on ends TLS handshakes of clients without a certificate that the server's context trusts.
     *
     * @throws IllegalStateException if the server does not speak TLS
     */
    public void requireClientCertificate() {
        server.requireClientCertificate();
    }

    @Override
    public void faultNext(int times, String method, String path, Fault fault) {
        server.faults().add(times, method, path, fault.effect());
    }

    @Override
    public void clearFaults() {
        server.faults().clear();
    }

    /** The latest 10,000 requests, such as {@code GET /shop/app.yaml}, in order of arrival and without credentials. */
    public List<String> requests() {
        return server.requests().lines();
    }

    /** How many requests arrived since the start, or since {@link #forgetRequests}. */
    public long requestCount() {
        return server.requests().count();
    }

    /** How many requests for an operation arrived since the start, or since {@link #forgetRequests}. */
    public long requestCount(String operation) {
        return server.requests().count(operation);
    }

    /** Empties the record of requests. */
    public void forgetRequests() {
        server.requests().clear();
    }

    /** Ends the server and every request that hangs. */
    @Override
    public void close() {
        server.close();
    }
}
