package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.List;

/**
 * The manifests that were made of one revision, in the order of their maker.
 *
 * @param revision what they were made from
 * @param manifests in order
 * @param warnings what the maker wants its user to know, such as a deprecated field, in order; no secrets
 */
public record ManifestSet(Revision revision, List<Manifest> manifests, List<String> warnings)
        implements Iterable<Manifest> {
    /** Copies both lists. */
    public ManifestSet {
        requireNonNull(revision, "revision");
        manifests = List.copyOf(manifests);
        warnings = List.copyOf(warnings);
    }

    /** A set without warnings. */
    public static ManifestSet of(Revision revision, List<Manifest> manifests) {
        return new ManifestSet(revision, manifests, List.of());
    }

    /** The same revision and warnings with other manifests, as a {@link Transformer} returns them. */
    public ManifestSet withManifests(List<Manifest> changed) {
        return new ManifestSet(revision, changed, warnings);
    }

    /**
     * The SHA-256 digest of the manifests and their order: equal for equal content, whatever the order of keys in it.
     * Revision and warnings do not count. Made anew by each call.
     */
    public Digest digest() {
        return CanonicalJson.digest(manifests);
    }

    @Override
    public Iterator<Manifest> iterator() {
        return manifests.iterator();
    }

    /** The revision and how many; never the content. */
    @Override
    public String toString() {
        return "ManifestSet[" + revision + ", " + manifests.size() + " manifests]";
    }
}
