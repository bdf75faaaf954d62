package io.gitopstoolkit.testkit.internal.oci;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A manifest or an index, as it was pushed. Immutable. */
public final class Manifest {
    /** The media type of an index of OCI's. */
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** The media type of a manifest of OCI's. */
    public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private final String mediaType;
    private final byte[] bytes;
    private final Digest digest;
    private final Map<?, ?> content;

    private Manifest(String mediaType, byte[] bytes, Map<?, ?> content) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.digest = Digest.sha256(bytes);
        this.content = content;
    }

    /**
     * Reads a manifest.
     *
     * @throws RegistryException if it is none of that media type
     */
    static Manifest read(String mediaType, byte[] bytes) {
        try {
            if (Json.parse(new String(bytes, StandardCharsets.UTF_8)) instanceof Map<?, ?> map
                    && (map.get("mediaType") == null || mediaType.equals(map.get("mediaType")))) {
                return new Manifest(mediaType, bytes, map);
            }
        } catch (JsonException e) {
            // answered below, as all else that is no manifest
        }
        throw new RegistryException(RegistryError.MANIFEST_INVALID, Map.of());
    }

    String mediaType() {
        return mediaType;
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    Digest digest() {
        return digest;
    }

    /** The digests of the blobs that the repository has to have: config and layers, but for those that are elsewhere. */
    List<String> blobs() {
        var blobs = new ArrayList<String>();
        var descriptors = new ArrayList<Object>(list("layers"));
        if (content.get("config") instanceof Map<?, ?> config) {
            descriptors.add(config);
        }
        for (Object each : descriptors) {
            if (each instanceof Map<?, ?> descriptor && descriptor.get("urls") == null) {
                blobs.add(String.valueOf(descriptor.get("digest")));
            }
        }
        return blobs;
    }

    /** The digests of the manifests of an index. */
    List<String> manifests() {
        return list("manifests").stream()
                .map(each -> each instanceof Map<?, ?> descriptor ? String.valueOf(descriptor.get("digest")) : "")
                .toList();
    }

    /** The digest of what this is about; empty where that is nothing. */
    String subject() {
        return content.get("subject") instanceof Map<?, ?> subject ? text(subject.get("digest")) : "";
    }

    /** What kind of artifact it says it is. */
    String artifactType() {
        String own = text(content.get("artifactType"));
        return own.isEmpty() && content.get("config") instanceof Map<?, ?> config ? text(config.get("mediaType")) : own;
    }

    /** What an index says of it. */
    Map<String, Object> descriptor() {
        var descriptor = new LinkedHashMap<String, Object>();
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", digest.toString());
        descriptor.put("size", (long) bytes.length);
        if (!artifactType().isEmpty()) {
            descriptor.put("artifactType", artifactType());
        }
        if (content.get("annotations") instanceof Map<?, ?> annotations && !annotations.isEmpty()) {
            descriptor.put("annotations", annotations);
        }
        return descriptor;
    }

    private List<?> list(String field) {
        return content.get(field) instanceof List<?> list ? list : List.of();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
