package io.gitopstoolkit.testkit.internal.bucket;

import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that the server refuses, with the code, the message and the fields of AWS.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's error responses</a>
 */
@SuppressWarnings("serial") // never sent about as a Java object
public final class S3Exception extends RuntimeException {
    private final int status;
    private final String code;
    private final transient Map<String, String> fields;

    S3Exception(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    private S3Exception(int status, String code, String message, Map<String, String> fields) {
        super(message);
        this.status = status;
        this.code = code;
        this.fields = fields;
    }

    static S3Exception noSuchBucket(String bucket) {
        return new S3Exception(404, "NoSuchBucket", "The specified bucket does not exist").with("BucketName", bucket);
    }

    static S3Exception noSuchKey(String key) {
        return new S3Exception(404, "NoSuchKey", "The specified key does not exist.").with("Key", key);
    }

    static S3Exception invalidArgument(String message) {
        return new S3Exception(400, "InvalidArgument", message);
    }

    /** The error for a status that a test asked for. */
    static S3Exception of(int status) {
        return switch (status) {
            case 403 -> new S3Exception(403, "AccessDenied", "Access Denied");
            case 404 -> new S3Exception(404, "NoSuchKey", "The specified key does not exist.");
            case 429 -> new S3Exception(429, "TooManyRequests", "Please reduce your request rate.");
            case 500 -> new S3Exception(500, "InternalError", "We encountered an internal error. Please try again.");
            case 503 -> new S3Exception(503, "SlowDown", "Please reduce your request rate.");
            default -> new S3Exception(status, "Failure", "A failure that the test asked for");
        };
    }

    /** The same with one more field in its document. */
    S3Exception with(String field, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new S3Exception(status, code, String.valueOf(getMessage()), more);
    }

    String code() {
        return code;
    }

    WebAnswer answer(String resource) {
        var xml = new Xml("Error", "").text("Code", code).text("Message", String.valueOf(getMessage()));
        fields.forEach(xml::text);
        xml.text("Resource", resource).text("RequestId", BucketSite.REQUEST_ID);
        return WebAnswer.of(status, "application/xml", xml.end());
    }
}
