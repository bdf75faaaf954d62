package io.gitopstoolkit.kustomize.internal.resource;

/** What is known of kinds. */
@FunctionalInterface
public interface Scopes {
    /** Whether a kind is known, and known to be of cluster scope. */
    boolean isClusterScoped(String apiVersion, String kind);
}
