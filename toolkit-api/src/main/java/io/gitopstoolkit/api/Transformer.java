package io.gitopstoolkit.api;

import java.util.List;

/** Changes manifests between rendering and applying: substitutes, decrypts, checks a policy. Safe between threads. */
@FunctionalInterface
public interface Transformer {
    /** Changes nothing. */
    Transformer NONE = (manifests, deadline) -> manifests;

    /**
     * The manifests as they are to be, under the same revision.
     *
     * @throws ToolkitException if they cannot be, or must not be applied
     */
    ManifestSet transform(ManifestSet manifests, Deadline deadline);

    /** Each of {@code transformers} in order, on what the one before it gave. */
    static Transformer all(List<Transformer> transformers) {
        List<Transformer> each = List.copyOf(transformers);
        return (manifests, deadline) -> {
            ManifestSet changed = manifests;
            for (Transformer transformer : each) {
                changed = transformer.transform(changed, deadline);
            }
            return changed;
        };
    }
}
