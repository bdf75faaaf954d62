package io.gitopstoolkit.testkit.internal.oci;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests about manifests, and about what refers to them. */
final class Manifests {
    private static final int MAX_BYTES = 4 << 20;

    private final RegistryStore store;
    private volatile boolean hasReferrers = true;

    Manifests(RegistryStore store) {
        this.store = store;
    }

    /** From now on is a registry of the time before referrers. */
    void forgetReferrers() {
        hasReferrers = false;
    }

    WebAnswer answer(WebRequest request, String name, String reference) {
        return switch (request.method()) {
            case "GET", "HEAD" -> get(request, name, reference);
            case "PUT" -> put(request, name, reference);
            case "DELETE" -> delete(name, reference);
            default -> throw new RegistryException(RegistryError.UNSUPPORTED, Map.of());
        };
    }

    /** The index of what is about a manifest, whether that is there or not. */
    WebAnswer referrers(WebRequest request, String name, String subject) {
        if (!hasReferrers) {
            return RegistrySite.noSuchPage();
        }
        if (!RegistryStore.isDigest(subject)) {
            throw new RegistryException(RegistryError.DIGEST_INVALID, Map.of());
        }
        String type = request.parameter("artifactType");
        var index = new LinkedHashMap<String, Object>();
        index.put("schemaVersion", 2L);
        index.put("mediaType", Manifest.INDEX);
        index.put(
                "manifests",
                store.referrers(name, subject).stream()
                        .filter(manifest ->
                                type.isEmpty() || manifest.artifactType().equals(type))
                        .map(Manifest::descriptor)
                        .toList());
        WebAnswer answer = WebAnswer.of(200, Manifest.INDEX, Json.print(index));
        return type.isEmpty() ? answer : answer.with("OCI-Filters-Applied", "artifactType");
    }

    private WebAnswer get(WebRequest request, String name, String reference) {
        Manifest manifest = store.manifest(name, reference);
        if (manifest == null) {
            throw unknown(name, reference);
        }
        String digest = manifest.digest().toString();
        String tag = '"' + digest + '"';
        if (request.header("If-None-Match").equals(tag)) {
            return WebAnswer.of(304);
        }
        return WebAnswer.of(200, manifest.mediaType(), manifest.bytes())
                .with("Docker-Content-Digest", digest)
                .with("Etag", tag);
    }

    private WebAnswer put(WebRequest request, String name, String reference) {
        if (request.body().length > MAX_BYTES) {
            throw new RegistryException(RegistryError.SIZE_INVALID, Map.of());
        }
        String type = request.header("Content-Type").split(";", 2)[0].trim();
        if (type.isEmpty()) {
            throw new RegistryException(RegistryError.MANIFEST_INVALID, Map.of());
        }
        Manifest manifest = Manifest.read(type, request.body());
        if (RegistryStore.isDigest(reference) && !RegistryStore.fits(reference, request.body())) {
            throw new RegistryException(RegistryError.DIGEST_INVALID, Map.of());
        }
        store.putManifest(name, reference, manifest);
        String digest = RegistryStore.isDigest(reference)
                ? reference
                : manifest.digest().toString();
        WebAnswer answer = WebAnswer.of(201)
                .with("Location", "/v2/" + name + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest);
        boolean tellsSubject = hasReferrers && !manifest.subject().isEmpty();
        return tellsSubject ? answer.with("OCI-Subject", manifest.subject()) : answer;
    }

    private WebAnswer delete(String name, String reference) {
        if (!store.deleteManifest(name, reference)) {
            throw unknown(name, reference);
        }
        return WebAnswer.of(202);
    }

    private static RegistryException unknown(String name, String reference) {
        Object detail = RegistryStore.isDigest(reference)
                ? Map.of("Name", name, "Revision", reference)
                : Map.of("Tag", reference);
        return new RegistryException(RegistryError.MANIFEST_UNKNOWN, detail);
    }
}
