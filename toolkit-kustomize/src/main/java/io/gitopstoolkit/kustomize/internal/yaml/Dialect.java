package io.gitopstoolkit.kustomize.internal.yaml;

/** How bare text is understood. */
public enum Dialect {
    /**
     * As kustomize reads resources and patches: {@code yes} is a string, {@code 010} is 8, two equal keys and keys that
     * are no strings are refused.
     */
    RESOURCE,
    /**
     * As kustomize reads {@code kustomization.yaml} and its other configuration: YAML 1.1, so {@code yes} is a boolean;
     * dates are strings, the last of two equal keys counts, and keys become strings.
     */
    CONFIGURATION
}
