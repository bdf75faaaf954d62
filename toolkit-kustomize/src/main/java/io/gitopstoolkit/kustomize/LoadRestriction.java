package io.gitopstoolkit.kustomize;

/** Which files a kustomization may name. Directories with kustomizations may lie anywhere in the artifact. */
public enum LoadRestriction {
    /** Files in or below the directory of the kustomization that names them, links resolved: kustomize's default. */
    ROOT_ONLY,
    /** Any file of the artifact, as Flux allows. */
    NONE
}
