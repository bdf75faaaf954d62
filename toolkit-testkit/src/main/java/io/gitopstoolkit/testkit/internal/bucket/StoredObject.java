package io.gitopstoolkit.testkit.internal.bucket;

import java.time.Instant;
import java.util.Map;

/** An object of a bucket. Immutable but for the bytes, which nobody changes. */
final class StoredObject {
    private final byte[] bytes;
    private final String etag;
    private final Map<String, String> headers;
    private final Instant modified;

    /**
     * An object.
     *
     * @param etag without quotes: the MD5 of the bytes, or of the MD5s of the parts with their number behind
     * @param headers of the answers with it: content type, user metadata, checksums, by name in lower case
     */
    StoredObject(byte[] bytes, String etag, Map<String, String> headers, Instant modified) {
        this.bytes = bytes;
        this.etag = etag;
        this.headers = headers;
        this.modified = modified;
    }

    byte[] bytes() {
        return bytes;
    }

    String etag() {
        return etag;
    }

    Map<String, String> headers() {
        return headers;
    }

    Instant modified() {
        return modified;
    }

    /** The tag as headers have it. */
    String quotedTag() {
        return '"' + etag + '"';
    }
}
