package io.gitopstoolkit.kustomize.internal.tree;

/** What a scalar's text stands for. */
public enum ScalarType {
    /** A string, and anything with a tag that YAML does not define. */
    STRING,
    /** A whole number of at most 64 bits. */
    INT,
    /** Another number. */
    FLOAT,
    /** True or false. */
    BOOL,
    /** Null. */
    NULL,
    /** A date or a time; written as a string in the form of RFC 3339. */
    TIMESTAMP,
    /** Base64 that stands for a string. */
    BINARY
}
