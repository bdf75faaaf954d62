package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a live object, as far as its metadata tell: what is to be remembered of it, and can be made of an object
 * as of its metadata alone.
 *
 * @param resourceVersion changes with each write
 * @param generation changes with each write of the {@code spec}; zero where the kind does not count them
 * @param metadata the digest of what applying compares of the metadata: labels, annotations, finalizers, owners, and the
 *     fields that our manager holds by apply; of the UID too
 * @param owned the digest of the entry of the managed fields that our manager has by apply, and of the UID and the time of
 *     deletion: another who changes, takes or removes a field of ours changes that entry, and nobody else does
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">Kubernetes: field
 *     management</a>
 */
record Stamp(String resourceVersion, long generation, Digest metadata, Digest owned) {
    private static final Revision NONE = new Revision("none", null);
    private static final List<String> COMPARED =
            List.of("uid", "labels", "annotations", "finalizers", "ownerReferences", "deletionTimestamp");

    /**
     * The stamp of an object, be it whole or its metadata alone.
     *
     * @param fieldManager ours
     */
    static Stamp of(Manifest object, String fieldManager) {
        var metadata = Tree.map(object.content(), "metadata");
        var compared = new LinkedHashMap<String, @Nullable Object>();
        compared.put("name", object.ref().name());
        COMPARED.stream().filter(metadata::containsKey).forEach(key -> compared.put(key, metadata.get(key)));
        compared.put("fields", OwnedFields.of(object, fieldManager));
        return new Stamp(
                Tree.text(metadata, "", "resourceVersion"),
                Tree.number(metadata, 0, "generation"),
                digest(compared),
                digest(owned(object, metadata, fieldManager)));
    }

    private static Map<String, @Nullable Object> owned(
            Manifest object, Map<String, @Nullable Object> metadata, String fieldManager) {
        var owned = new LinkedHashMap<String, @Nullable Object>();
        owned.put("name", object.ref().name());
        owned.put("uid", metadata.get("uid"));
        owned.put("deletionTimestamp", metadata.get("deletionTimestamp"));
        owned.put("entry", OwnedFields.entry(object, fieldManager));
        return owned;
    }

    private static Digest digest(Map<String, @Nullable Object> metadata) {
        return digest(new Manifest(Map.of("kind", "Metadata", "metadata", metadata)));
    }

    /** The digest of an object's content, whatever the order of its keys. */
    static Digest digest(Manifest object) {
        return ManifestSet.of(NONE, List.of(object)).digest();
    }

    /**
     * Whether nothing that applying compares differs between the two: neither was written in between, or no more than the
     * status was.
     *
     * @param inSpecAlone whether all of the content that matters is the {@code spec}, so that the generation counts its
     *     changes
     */
    boolean isSameState(Stamp other, boolean inSpecAlone) {
        if (resourceVersion.equals(other.resourceVersion)) {
            return true;
        }
        return inSpecAlone && generation > 0 && generation == other.generation && metadata.equals(other.metadata);
    }
}
