package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.oci.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An artifact or image of an {@link OciRegistry} in the making: a manifest with a config and layers. The same calls give
 * the same digest on every machine. Not safe between threads.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md">OCI image manifest</a>
 */
public final class OciArtifact {
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";

    private final OciRegistry registry;
    private final String repository;
    private final List<Object> layers = new ArrayList<>();
    private final Map<String, Object> annotations = new LinkedHashMap<>();
    private final Map<String, Object> subject = new LinkedHashMap<>();
    private Map<String, Object> config = Map.of();
    private String artifactType = "";

    OciArtifact(OciRegistry registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** With this config; the empty one of the specification by default. */
    public OciArtifact config(String mediaType, byte[] bytes) {
        config = descriptor(mediaType, bytes);
        return this;
    }

    /** With one layer more. */
    public OciArtifact layer(String mediaType, byte[] bytes) {
        layers.add(descriptor(mediaType, bytes));
        return this;
    }

    /** Of this kind. */
    public OciArtifact artifactType(String mediaType) {
        artifactType = requireNonNull(mediaType, "mediaType");
        return this;
    }

    /** With an annotation of the manifest. */
    public OciArtifact annotation(String name, String value) {
        annotations.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return this;
    }

    /**
     * About another manifest of the repository, such as its signature, so that it is listed among that one's referrers.
     *
     * @throws IllegalArgumentException if that one is not there
     */
    public OciArtifact subject(Digest manifest) {
        subject.putAll(of(registry, repository, manifest));
        return this;
    }

    /** Puts it into the registry under a tag. */
    public Digest push(String tag) {
        return registry.put(repository, requireNonNull(tag, "tag"), false, bytes());
    }

    /** Puts it into the registry under its digest alone. */
    public Digest push() {
        return push(Digest.sha256(bytes()).toString());
    }

    private byte[] bytes() {
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("schemaVersion", 2L);
        manifest.put("mediaType", Manifest.IMAGE);
        if (!artifactType.isEmpty()) {
            manifest.put("artifactType", artifactType);
        }
        manifest.put("config", config.isEmpty() ? descriptor(EMPTY, "{}".getBytes(UTF_8)) : config);
        manifest.put("layers", layers.isEmpty() ? List.of(descriptor(EMPTY, "{}".getBytes(UTF_8))) : layers);
        if (!subject.isEmpty()) {
            manifest.put("subject", subject);
        }
        if (!annotations.isEmpty()) {
            manifest.put("annotations", annotations);
        }
        return Json.print(manifest).getBytes(UTF_8);
    }

    private Map<String, Object> descriptor(String mediaType, byte[] bytes) {
        Digest digest = registry.putBlob(repository, bytes);
        return describe(requireNonNull(mediaType, "mediaType"), digest, bytes.length);
    }

    /** The descriptor of a manifest that is there. */
    static Map<String, Object> of(OciRegistry registry, String repository, Digest manifest) {
        byte[] bytes = registry.manifest(repository, manifest.toString())
                .orElseThrow(() -> new IllegalArgumentException("no manifest " + manifest + " in " + repository));
        Object type =
                Json.parse(new String(bytes, UTF_8)) instanceof Map<?, ?> content ? content.get("mediaType") : null;
        return describe(type instanceof String text ? text : Manifest.IMAGE, manifest, bytes.length);
    }

    private static Map<String, Object> describe(String mediaType, Digest digest, int size) {
        var descriptor = new LinkedHashMap<String, Object>();
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", digest.toString());
        descriptor.put("size", (long) size);
        return descriptor;
    }
}
