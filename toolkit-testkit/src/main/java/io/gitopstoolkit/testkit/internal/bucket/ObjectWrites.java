package io.gitopstoolkit.testkit.internal.bucket;

import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writing, copying and removing objects.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</a>
 */
final class ObjectWrites {
    private static final List<String> KEPT = List.of(
            "cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires");

    private static final int MOST_DELETIONS = 1000;

    private final BucketStore store;

    ObjectWrites(BucketStore store) {
        this.store = store;
    }

    WebAnswer put(WebRequest request, String bucket, String key, Payload payload) {
        checkConditions(request, bucket, key);
        Map<String, String> headers = kept(request);
        headers.putAll(payload.checksums());
        StoredObject object = store.put(bucket, key, payload.bytes(), Checksums.md5(payload.bytes()), headers);
        return WebAnswer.of(200).with("ETag", object.quotedTag()).with(payload.checksums());
    }

    WebAnswer copy(WebRequest request, String bucket, String key) {
        StoredObject source = source(request);
        boolean replaces = request.header("X-Amz-Metadata-Directive").equalsIgnoreCase("REPLACE");
        Map<String, String> headers = replaces ? kept(request) : source.headers();
        StoredObject object = store.put(bucket, key, source.bytes(), Checksums.md5(source.bytes()), headers);
        String xml = new Xml("CopyObjectResult", Xml.NAMESPACE)
                .text("LastModified", Listings.time(object.modified()))
                .text("ETag", object.quotedTag())
                .end();
        return WebAnswer.of(200, "application/xml", xml);
    }

    /** What is to be copied, where its conditions hold. */
    StoredObject source(WebRequest request) {
        String path = new WebRequest("GET", request.header("X-Amz-Copy-Source"), Map.of(), new byte[0]).path();
        String source = path.startsWith("/") ? path.substring(1) : path;
        int slash = source.indexOf('/');
        if (slash < 1) {
            throw S3Exception.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
        StoredObject object = store.get(source.substring(0, slash), source.substring(slash + 1));
        String match = request.header("X-Amz-Copy-Source-If-Match");
        if (!match.isEmpty() && !ObjectReads.fits(match, object)) {
            throw ObjectReads.failed("x-amz-copy-source-If-Match");
        }
        return object;
    }

    /** Removes one; what is not there is removed as well. */
    WebAnswer delete(String bucket, String key) {
        store.require(bucket);
        store.remove(bucket, key);
        return WebAnswer.of(204);
    }

    WebAnswer deleteAll(WebRequest request, String bucket) {
        store.require(bucket);
        List<Map<String, String>> objects = Xml.read(request.body(), "Object");
        if (objects.isEmpty() || objects.size() > MOST_DELETIONS) {
            throw new S3Exception(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        boolean quiet = request.text().contains("<Quiet>true</Quiet>");
        var xml = new Xml("DeleteResult", Xml.NAMESPACE);
        for (Map<String, String> object : objects) {
            String key = object.getOrDefault("Key", "");
            store.remove(bucket, key);
            if (!quiet) {
                xml.open("Deleted").text("Key", key).close();
            }
        }
        return WebAnswer.of(200, "application/xml", xml.end());
    }

    /** The headers that are kept with an object. */
    static Map<String, String> kept(WebRequest request) {
        var headers = new LinkedHashMap<String, String>();
        for (String name : request.headers().keySet()) {
            if (name.startsWith("x-amz-meta-") || KEPT.contains(name)) {
                headers.put(name, request.header(name));
            }
        }
        // What only said how the body was sent is no property of the object.
        String encoding = headers.getOrDefault("content-encoding", "")
                .replaceAll("\\s*aws-chunked\\s*,?", "")
                .trim();
        headers.remove("content-encoding");
        if (!encoding.isEmpty()) {
            headers.put("content-encoding", encoding);
        }
        return headers;
    }

    void checkConditions(WebRequest request, String bucket, String key) {
        StoredObject before = store.find(bucket, key);
        String none = request.header("If-None-Match");
        if (!none.isEmpty() && before != null && ObjectReads.fits(none, before)) {
            throw ObjectReads.failed("If-None-Match");
        }
        String match = request.header("If-Match");
        if (!match.isEmpty() && before == null) {
            throw S3Exception.noSuchKey(key);
        }
        if (!match.isEmpty() && before != null && !ObjectReads.fits(match, before)) {
            throw ObjectReads.failed("If-Match");
        }
    }
}
