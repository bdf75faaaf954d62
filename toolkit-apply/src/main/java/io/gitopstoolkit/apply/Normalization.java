package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings a manifest into the form that is applied. */
final class Normalization {
    /** What the API server sets by itself; a manifest that was read from a cluster has them. */
    private static final List<String> SERVER_FIELDS = List.of(
            "managedFields",
            "resourceVersion",
            "uid",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "selfLink");

    private final Owner owner;

    Normalization(Owner owner) {
        this.owner = owner;
    }

    /**
     * The manifest with the owner's labels, without its status and what the API server sets, and with a Secret's
     * {@code stringData} as {@code data}: server-side apply would not remove keys that were once given as the former. What
     * others write, or the API server refuses though it is often there, is left out.
     *
     * @param namespace of the object, empty where its kind has none
     */
    Manifest of(Manifest manifest, String namespace) {
        var content = new LinkedHashMap<>(manifest.content());
        content.remove("status");
        var metadata = new LinkedHashMap<>(Tree.map(content, "metadata"));
        SERVER_FIELDS.forEach(metadata::remove);
        metadata.remove("namespace");
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("labels", labels(manifest, metadata));
        content.put("metadata", metadata);
        if (Secrets.isSecret(manifest.ref())) {
            encodeStringData(content);
        }
        Foreign.remove(content);
        return new Manifest(content);
    }

    private Map<String, @Nullable Object> labels(Manifest manifest, Map<String, @Nullable Object> metadata) {
        Object given = metadata.get("labels");
        if (given != null && !(given instanceof Map)) {
            throw new Failure(Reason.INVALID_OBJECT, manifest.ref() + ": metadata.labels is not a map");
        }
        var labels = new LinkedHashMap<>(Tree.map(metadata, "labels"));
        labels.putAll(owner.labels());
        return labels;
    }

    private static void encodeStringData(Map<String, @Nullable Object> content) {
        var texts = Tree.map(content, "stringData");
        if (texts.isEmpty() || texts.values().stream().anyMatch(text -> !(text instanceof String))) {
            return; // what is no text the API server refuses, and says so
        }
        var data = new LinkedHashMap<>(Tree.map(content, "data"));
        texts.forEach((key, text) -> data.put(
                key, Base64.getEncoder().encodeToString(String.valueOf(text).getBytes(StandardCharsets.UTF_8))));
        content.put("data", data);
        content.remove("stringData");
    }
}
