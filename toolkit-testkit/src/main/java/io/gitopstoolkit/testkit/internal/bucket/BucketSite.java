package io.gitopstoolkit.testkit.internal.bucket;

import io.gitopstoolkit.testkit.internal.web.Site;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requests of S3's protocol, in path style and in virtual-hosted style.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html">operations</a>
 */
public final class BucketSite implements Site {
    static final String REQUEST_ID = "TESTKIT000000001";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** Parameters that name a feature; each request has one of them at most. */
    private static final List<String> FEATURES = List.of(
            "accelerate",
            "acl",
            "analytics",
            "cors",
            "encryption",
            "inventory",
            "lifecycle",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "restore",
            "select",
            "tagging",
            "torrent",
            "versioning",
            "versions",
            "website",
            "attributes",
            "legal-hold",
            "retention",
            "versionId");

    private final BucketStore store;
    private final BucketAccess access;
    private final Listings listings;
    private final ObjectWrites writes;
    private final Multipart multipart;

    /** What a request is about; the key is empty for the bucket itself, and both are for the server. */
    private record Address(String bucket, String key) {
        String path() {
            return key.isEmpty() ? '/' + bucket : '/' + bucket + '/' + key;
        }
    }

    /** A server of these buckets. */
    public BucketSite(BucketStore store, BucketAccess access) {
        this.store = store;
        this.access = access;
        this.listings = new Listings(store);
        this.writes = new ObjectWrites(store);
        this.multipart = new Multipart(store);
    }

    @Override
    public Operation operation(WebRequest request) {
        Address address = address(request);
        return new Operation(name(request, address), address.path());
    }

    @Override
    public WebAnswer failure(WebRequest request, int status) {
        return identified(S3Exception.of(status).answer(address(request).path()));
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        Address address = address(request);
        try {
            return identified(route(request, address));
        } catch (S3Exception e) {
            WebAnswer answer = e.answer(address.path());
            boolean region =
                    e.code().equals("AuthorizationHeaderMalformed") || e.code().equals("NoSuchBucket");
            return identified(region ? answer.with("x-amz-bucket-region", access.region()) : answer);
        }
    }

    private WebAnswer route(WebRequest request, Address address) {
        BucketAccess.Proof proof = access.check(request, address.bucket());
        String bucket = address.bucket();
        String key = address.key();
        return switch (name(request, address)) {
            case "ListBuckets" -> listings.buckets();
            case "CreateBucket" -> create(bucket);
            case "HeadBucket" -> head(bucket);
            case "DeleteBucket" -> drop(bucket);
            case "GetBucketLocation" -> location(bucket);
            case "ListObjectsV2" -> listings.version2(request, bucket);
            case "ListObjects" -> listings.version1(request, bucket);
            case "DeleteObjects" -> writes.deleteAll(checked(request, proof), bucket);
            case "GetObject", "HeadObject" -> ObjectReads.answer(request, store.get(bucket, key));
            case "PutObject" -> writes.put(request, bucket, key, Payload.read(request, proof));
            case "CopyObject" -> writes.copy(request, bucket, key);
            case "DeleteObject" -> writes.delete(bucket, key);
            case "CreateMultipartUpload" -> multipart.begin(request, bucket, key);
            case "UploadPart" -> multipart.put(request, bucket, key, Payload.read(request, proof));
            case "UploadPartCopy" -> multipart.copy(request, bucket, key, writes.source(request));
            case "CompleteMultipartUpload" -> multipart.complete(request, bucket, key);
            case "AbortMultipartUpload" -> multipart.abort(request, bucket, key);
            case "ListParts" -> multipart.parts(request, bucket, key);
            case "ListMultipartUploads" -> multipart.list(bucket);
            default -> throw notImplemented(name(request, address));
        };
    }

    /** The same request, after its checksums were looked at. */
    private static WebRequest checked(WebRequest request, BucketAccess.@Nullable Proof proof) {
        Payload payload = Payload.read(request, proof);
        return new WebRequest(request.method(), request.target(), request.headers(), payload.bytes());
    }

    private static String name(WebRequest request, Address address) {
        for (String feature : FEATURES) {
            if (request.has(feature)) {
                return request.method() + ' ' + feature;
            }
        }
        if (address.bucket().isEmpty()) {
            return request.method().equals("GET") ? "ListBuckets" : request.method() + " service";
        }
        return address.key().isEmpty() ? ofBucket(request) : ofObject(request);
    }

    private static String ofBucket(WebRequest request) {
        return switch (request.method()) {
            case "GET" -> {
                if (request.has("location")) {
                    yield "GetBucketLocation";
                }
                if (request.has("uploads")) {
                    yield "ListMultipartUploads";
                }
                yield request.parameter("list-type").equals("2") ? "ListObjectsV2" : "ListObjects";
            }
            case "HEAD" -> "HeadBucket";
            case "PUT" -> "CreateBucket";
            case "DELETE" -> "DeleteBucket";
            case "POST" -> request.has("delete") ? "DeleteObjects" : "PostObject";
            default -> request.method() + " bucket";
        };
    }

    private static String ofObject(WebRequest request) {
        boolean copies = !request.header("X-Amz-Copy-Source").isEmpty();
        boolean part = request.has("uploadId");
        return switch (request.method()) {
            case "GET" -> part ? "ListParts" : "GetObject";
            case "HEAD" -> "HeadObject";
            case "PUT" -> part ? (copies ? "UploadPartCopy" : "UploadPart") : (copies ? "CopyObject" : "PutObject");
            case "DELETE" -> part ? "AbortMultipartUpload" : "DeleteObject";
            case "POST" ->
                part ? "CompleteMultipartUpload" : request.has("uploads") ? "CreateMultipartUpload" : "PostObject";
            default -> request.method() + " object";
        };
    }

    private WebAnswer create(String bucket) {
        if (!NAME.matcher(bucket).matches()) {
            throw new S3Exception(400, "InvalidBucketName", "The specified bucket is not valid.")
                    .with("BucketName", bucket);
        }
        if (!store.create(bucket)) {
            throw new S3Exception(
                            409,
                            "BucketAlreadyOwnedByYou",
                            "Your previous request to create the named bucket succeeded and you already own it.")
                    .with("BucketName", bucket);
        }
        return WebAnswer.of(200).with("Location", '/' + bucket);
    }

    private WebAnswer head(String bucket) {
        store.require(bucket);
        return WebAnswer.of(200).with("x-amz-bucket-region", access.region());
    }

    private WebAnswer drop(String bucket) {
        store.drop(bucket);
        return WebAnswer.of(204);
    }

    /** The oldest region has no name here. */
    private WebAnswer location(String bucket) {
        store.require(bucket);
        String region = access.region().equals("us-east-1") ? "" : access.region();
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\"" + Xml.NAMESPACE + "\">"
                + region + "</LocationConstraint>";
        return WebAnswer.of(200, "application/xml", xml);
    }

    private static Address address(WebRequest request) {
        String path = request.path().substring(1);
        String hosted = hosted(request.header("Host"));
        if (!hosted.isEmpty()) {
            return new Address(hosted, path);
        }
        int slash = path.indexOf('/');
        return slash < 0 ? new Address(path, "") : new Address(path.substring(0, slash), path.substring(slash + 1));
    }

    /** The bucket in a name of a host such as {@code shop.s3.example.org}; empty for {@code s3.example.org}, an address or localhost. */
    private static String hosted(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        int s3 = name.indexOf(".s3.");
        if (s3 > 0) {
            return name.substring(0, s3);
        }
        return name.endsWith(".localhost") ? name.substring(0, name.length() - ".localhost".length()) : "";
    }

    private static S3Exception notImplemented(String feature) {
        return new S3Exception(
                        501,
                        "NotImplemented",
                        "A header you provided implies functionality that is not implemented: " + feature)
                .with("Feature", feature);
    }

    private static WebAnswer identified(WebAnswer answer) {
        return answer.with(Map.of("x-amz-request-id", REQUEST_ID, "x-amz-id-2", "testkit"));
    }
}
