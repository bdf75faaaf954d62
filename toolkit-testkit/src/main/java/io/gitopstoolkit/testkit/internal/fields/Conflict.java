package io.gitopstoolkit.testkit.internal.fields;

/**
 * A field that an apply would change and another manager owns.
 *
 * @param manager the other manager as messages print it, such as {@code "kubectl" using v1}
 * @param path such as {@code .spec.replicas}
 */
public record Conflict(String manager, String path) {}
