package io.gitopstoolkit.apply;

/**
 * What becomes of an owner's objects when the owner goes.
 *
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy">Flux: deletionPolicy</a>
 */
public enum DeletionPolicy {
    /** {@link #DELETE} where the applier prunes, {@link #ORPHAN} where it was built {@code withoutPrune}. */
    MIRROR_PRUNE,
    /** They are deleted; nothing is waited for. */
    DELETE,
    /** They are deleted, and waited for until they are gone. */
    WAIT_FOR_TERMINATION,
    /** They stay, with the labels that they have; the inventory alone is deleted. */
    ORPHAN
}
