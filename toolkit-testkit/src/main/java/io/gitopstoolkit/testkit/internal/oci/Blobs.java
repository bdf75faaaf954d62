package io.gitopstoolkit.testkit.internal.oci;

import io.gitopstoolkit.testkit.internal.web.Ranges;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.util.Map;

/** Requests about a blob. */
final class Blobs {
    private static final String TYPE = "application/octet-stream";

    private final RegistryStore store;

    Blobs(RegistryStore store) {
        this.store = store;
    }

    WebAnswer answer(WebRequest request, String name, String digest) {
        if (!RegistryStore.isDigest(digest)) {
            throw new RegistryException(RegistryError.DIGEST_INVALID, Map.of());
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> get(request, name, digest);
            case "DELETE" -> delete(name, digest);
            default -> throw new RegistryException(RegistryError.UNSUPPORTED, Map.of());
        };
    }

    private WebAnswer get(WebRequest request, String name, String digest) {
        byte[] bytes = store.blob(name, digest);
        if (bytes == null) {
            throw new RegistryException(RegistryError.BLOB_UNKNOWN, digest);
        }
        String tag = '"' + digest + '"';
        WebAnswer whole = WebAnswer.of(200, TYPE, bytes)
                .with("Accept-Ranges", "bytes")
                .with("Cache-Control", "max-age=31536000")
                .with("Docker-Content-Digest", digest)
                .with("Etag", tag);
        if (request.header("If-None-Match").equals(tag)) {
            return WebAnswer.of(304)
                    .with("Cache-Control", "max-age=31536000")
                    .with("Docker-Content-Digest", digest)
                    .with("Etag", tag);
        }
        return Ranges.apply(request, whole);
    }

    private WebAnswer delete(String name, String digest) {
        if (!store.deleteBlob(name, digest)) {
            throw new RegistryException(RegistryError.BLOB_UNKNOWN, digest);
        }
        return WebAnswer.of(202);
    }
}
