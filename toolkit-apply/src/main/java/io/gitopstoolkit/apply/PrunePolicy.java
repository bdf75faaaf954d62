package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How an {@link Applier} deletes what left the inventory, and how much of it without being told to. Begin with
 * {@link #standard}, and change what is to differ: {@code PrunePolicy.standard().withMaxShare(0.2)}.
 *
 * @param maxShare the largest part of the inventory that one delivery may delete, from 0 to 1. Deletions of at most
 *     {@link #ALWAYS_ALLOWED} objects are not held against it. 1 allows everything, also with an empty set
 * @param propagation what becomes of the objects that a deleted object owns
 * @param termination how long to wait until the objects are gone; zero: not at all, the API server finishes in its own time
 * @param deletesDefinitionsInUse whether a definition is deleted though objects of its kind are there that the owner
 *     did not deliver, all of which go with it
 * @param formerOwners owners whose labels are as good as the owner's own: their objects are deleted too, when they left the
 *     inventory. So a delivery is taken over from Flux, whose labels are those of
 *     {@code new Owner("kustomize-controller", "kustomize.toolkit.fluxcd.io", name, namespace)}
 */
public record PrunePolicy(
        double maxShare,
        Propagation propagation,
        Duration termination,
        boolean deletesDefinitionsInUse,
        List<Owner> formerOwners) {
    /** So many objects, unless they are all that there are, are deleted whatever share of the inventory they are: 5. */
    public static final int ALWAYS_ALLOWED = 5;

    private static final PrunePolicy STANDARD =
            new PrunePolicy(0.5, Propagation.BACKGROUND, Duration.ZERO, false, List.of());

    /**
     * Checks the ranges, and copies the list.
     *
     * @throws IllegalArgumentException if the share is not between 0 and 1, or the time is negative
     */
    public PrunePolicy {
        requireNonNull(propagation, "propagation");
        if (!(maxShare >= 0 && maxShare <= 1)) {
            throw new IllegalArgumentException("a share from 0 to 1, not " + maxShare);
        }
        if (termination.isNegative()) {
            throw new IllegalArgumentException("a time of zero or more, not " + termination);
        }
        formerOwners = List.copyOf(formerOwners);
    }

    /**
     * What becomes of the objects that a deleted object owns.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/#cascading-deletion">Kubernetes:
     *     cascading deletion</a>
     */
    public enum Propagation {
        /** They are deleted after it. */
        BACKGROUND("Background"),
        /** They are deleted first, and it stays until they are gone. */
        FOREGROUND("Foreground"),
        /** They stay. */
        ORPHAN("Orphan");

        private final String word;

        Propagation(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * At most half of the inventory, and never all of it, in the background and without waiting; no definition that others
     * use.
     */
    public static PrunePolicy standard() {
        return STANDARD;
    }

    /** The same with another largest share. */
    public PrunePolicy withMaxShare(double share) {
        return new PrunePolicy(share, propagation, termination, deletesDefinitionsInUse, formerOwners);
    }

    /** The same, which consents to the deletion of all that the owner has. */
    public PrunePolicy allowAll() {
        return withMaxShare(1);
    }

    /** The same with another propagation. */
    public PrunePolicy withPropagation(Propagation other) {
        return new PrunePolicy(maxShare, other, termination, deletesDefinitionsInUse, formerOwners);
    }

    /** The same, which waits up to {@code limit} until what was deleted is gone. */
    public PrunePolicy waitingForTermination(Duration limit) {
        return new PrunePolicy(maxShare, propagation, limit, deletesDefinitionsInUse, formerOwners);
    }

    /** The same, which deletes a definition with all objects of its kind, whoever made them. */
    public PrunePolicy deletingDefinitionsInUse() {
        return new PrunePolicy(maxShare, propagation, termination, true, formerOwners);
    }

    /** The same, which deletes objects with the labels of {@code owner} as well. */
    public PrunePolicy withFormerOwner(Owner owner) {
        var owners = new ArrayList<>(formerOwners);
        owners.add(owner);
        return new PrunePolicy(maxShare, propagation, termination, deletesDefinitionsInUse, owners);
    }

    /** Whether {@code deleted} of {@code all} objects are more than may be deleted without consent. */
    boolean forbids(int deleted, int all, boolean nothingStays) {
        if (maxShare >= 1 || deleted == 0) {
            return false;
        }
        return nothingStays || (deleted > ALWAYS_ALLOWED && deleted > maxShare * all);
    }
}
