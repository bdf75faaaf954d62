package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.oci.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * An index of an {@link OciRegistry} in the making: one name for manifests of several platforms. Not safe between threads.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">OCI image index</a>
 */
public final class OciIndex {
    private final OciRegistry registry;
    private final String repository;
    private final List<Object> manifests = new ArrayList<>();

    OciIndex(OciRegistry registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /**
     * With a manifest of the repository.
     *
     * @param os such as {@code linux}
     * @param architecture such as {@code arm64}
     * @throws IllegalArgumentException if the manifest is not there
     */
    public OciIndex manifest(Digest manifest, String os, String architecture) {
        var descriptor = new LinkedHashMap<>(OciArtifact.of(registry, repository, manifest));
        var platform = new LinkedHashMap<String, Object>();
        platform.put("architecture", requireNonNull(architecture, "architecture"));
        platform.put("os", requireNonNull(os, "os"));
        descriptor.put("platform", platform);
        manifests.add(descriptor);
        return this;
    }

    /** Puts it into the registry under a tag. */
    public Digest push(String tag) {
        var index = new LinkedHashMap<String, Object>();
        index.put("schemaVersion", 2L);
        index.put("mediaType", Manifest.INDEX);
        index.put("manifests", List.copyOf(manifests));
        return registry.put(
                repository, requireNonNull(tag, "tag"), true, Json.print(index).getBytes(UTF_8));
    }
}
