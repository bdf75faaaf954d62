package io.gitopstoolkit.kustomize;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Transformer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Labels and annotations for all manifests, in place of those that they have of the same name: {@code commonMetadata} of
 * a Flux Kustomization. Templates of pods and selectors stay as they are. Flux runs it last, after {@link Substitution}.
 *
 * @param labels values by name
 * @param annotations values by name
 */
public record CommonMetadata(Map<String, String> labels, Map<String, String> annotations) implements Transformer {
    /** Copies both maps, in the order of names. */
    public CommonMetadata {
        labels = Collections.unmodifiableMap(new TreeMap<>(requireNonNull(labels, "labels")));
        annotations = Collections.unmodifiableMap(new TreeMap<>(requireNonNull(annotations, "annotations")));
    }

    /** The manifests with the labels and annotations. */
    @Override
    public ManifestSet transform(ManifestSet manifests, Deadline deadline) {
        deadline.check("set common metadata");
        List<Manifest> changed = new ArrayList<>(manifests.manifests().size());
        for (Manifest manifest : manifests) {
            changed.add(changed(manifest));
        }
        return manifests.withManifests(changed);
    }

    private Manifest changed(Manifest manifest) {
        if (labels.isEmpty() && annotations.isEmpty()) {
            return manifest;
        }
        Map<String, @Nullable Object> metadata = map(manifest.content().get("metadata"));
        put(metadata, "labels", labels);
        put(metadata, "annotations", annotations);
        Map<String, @Nullable Object> content = map(manifest.content());
        content.put("metadata", metadata);
        return new Manifest(content);
    }

    private static void put(Map<String, @Nullable Object> metadata, String field, Map<String, String> added) {
        if (!added.isEmpty()) {
            Map<String, @Nullable Object> entries = map(metadata.get(field));
            entries.putAll(added);
            metadata.put(field, new TreeMap<>(entries));
        }
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> copy.put((String) key, item));
        }
        return copy;
    }
}
