package io.gitopstoolkit.testkit.internal.oci;

import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blobs on their way in: at once, in chunks, or from another repository. */
final class Uploads {
    private static final Pattern RANGE = Pattern.compile("(?:bytes )?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

    private final RegistryStore store;
    private final RegistryAccess access;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    private record Upload(String name, ByteArrayOutputStream bytes) {}

    Uploads(RegistryStore store, RegistryAccess access) {
        this.store = store;
        this.access = access;
    }

    /** Begins an upload, or ends it at once. */
    WebAnswer begin(WebRequest request, String name) {
        if (!request.method().equals("POST")) {
            throw new RegistryException(RegistryError.UNSUPPORTED, Map.of());
        }
        String mounted = request.parameter("mount");
        String from = request.parameter("from");
        if (!mounted.isEmpty() && access.mayPull(request, from) && store.mount(from, name, mounted)) {
            return created(name, mounted);
        }
        var upload = new Upload(name, new ByteArrayOutputStream());
        if (request.has("digest")) {
            return finish(request, upload);
        }
        String id = UUID.randomUUID().toString();
        uploads.put(id, upload);
        return progress(202, id, upload);
    }

    /** Goes on with an upload. */
    WebAnswer answer(WebRequest request, String name, String id) {
        Upload upload = uploads.get(id);
        if (upload == null || !upload.name().equals(name)) {
            throw new RegistryException(RegistryError.BLOB_UPLOAD_UNKNOWN, Map.of());
        }
        synchronized (upload) {
            return switch (request.method()) {
                case "GET", "HEAD" -> progress(204, id, upload);
                case "PATCH" -> append(request, id, upload);
                case "PUT" -> {
                    WebAnswer created = finish(request, upload);
                    uploads.remove(id);
                    yield created;
                }
                case "DELETE" -> {
                    uploads.remove(id);
                    yield WebAnswer.of(204).with("Docker-Upload-Uuid", id);
                }
                default -> throw new RegistryException(RegistryError.UNSUPPORTED, Map.of());
            };
        }
    }

    private static WebAnswer append(WebRequest request, String id, Upload upload) {
        checkRange(request, id, upload);
        upload.bytes().writeBytes(request.body());
        return progress(202, id, upload);
    }

    /** A chunk begins where the one before has ended, and is as long as it says. */
    private static void checkRange(WebRequest request, String id, Upload upload) {
        String given = request.header("Content-Range");
        if (given.isEmpty()) {
            return;
        }
        Matcher range = RANGE.matcher(given);
        if (!range.matches()
                || Long.parseLong(range.group(1)) != upload.bytes().size()
                || Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1 != request.body().length) {
            throw new RegistryException(
                    RegistryError.RANGE_INVALID,
                    Map.of(),
                    progress(202, id, upload).headers());
        }
    }

    private WebAnswer finish(WebRequest request, Upload upload) {
        checkRange(request, "", upload);
        String digest = request.parameter("digest");
        if (digest.isEmpty()) {
            throw new RegistryException(RegistryError.DIGEST_INVALID, "digest missing");
        }
        if (!RegistryStore.isDigest(digest)) {
            throw new RegistryException(RegistryError.DIGEST_INVALID, "digest parsing failed");
        }
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(upload.bytes().toByteArray());
        whole.writeBytes(request.body());
        if (!RegistryStore.fits(digest, whole.toByteArray())) {
            var detail = new LinkedHashMap<String, Object>();
            detail.put("Digest", digest);
            detail.put("Reason", Map.of());
            throw new RegistryException(RegistryError.DIGEST_INVALID, detail);
        }
        store.putBlob(upload.name(), digest, whole.toByteArray());
        return created(upload.name(), digest);
    }

    private static WebAnswer created(String name, String digest) {
        return WebAnswer.of(201)
                .with("Location", "/v2/" + name + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest);
    }

    private static WebAnswer progress(int status, String id, Upload upload) {
        return WebAnswer.of(status)
                .with("Location", "/v2/" + upload.name() + "/blobs/uploads/" + id)
                .with("Docker-Upload-Uuid", id)
                .with("Range", "0-" + Math.max(0, upload.bytes().size() - 1));
    }
}
