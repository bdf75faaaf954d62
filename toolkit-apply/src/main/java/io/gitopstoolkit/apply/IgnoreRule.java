package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.apply.internal.JsonPointer;
import java.util.List;

/**
 * Fields that others may change: they differ without being drift, and keep the value that they have in the cluster. They
 * are set where an object is created.
 *
 * @param paths where they are, as JSON pointers such as {@code /spec/replicas}; a {@code /} in a key is written
 *     {@code ~1}; one or more
 * @param target of which objects
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/">Flux: {@code .spec.ignore}</a>
 */
public record IgnoreRule(List<String> paths, Selector target) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no path, one is no JSON pointer, or one points at what an object is
     *     known by: its kind, its name or its namespace
     */
    public IgnoreRule {
        paths = List.copyOf(paths);
        requireNonNull(target, "target");
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a rule needs the paths that are to be ignored");
        }
        for (String path : paths) {
            JsonPointer.parse(path);
            if (List.of("/apiVersion", "/kind", "/metadata", "/metadata/name", "/metadata/namespace")
                    .contains(path)) {
                throw new IllegalArgumentException("an object is known by " + path + ", which cannot be ignored");
            }
        }
    }

    /** The rule for some paths of all objects that {@code target} means. */
    public static IgnoreRule of(Selector target, String... paths) {
        return new IgnoreRule(List.of(paths), target);
    }
}
