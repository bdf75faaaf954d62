package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import io.gitopstoolkit.apply.internal.Kind;
import java.util.Set;

/**
 * One object to be applied.
 *
 * @param manifest as it is sent: with its namespace and the owner's labels
 * @param ref with its namespace
 * @param kind as the cluster serves it, or will
 * @param declared whether the cluster does not serve the kind yet, and its definition is in the same set
 */
record Target(Manifest manifest, ObjectRef ref, Kind kind, boolean declared) {
    private static final Set<String> IN_SPEC_ALONE = Set.of("apiVersion", "kind", "metadata", "spec");

    /** The same object with other content. */
    Target with(Manifest other) {
        return new Target(other, ref, kind, declared);
    }

    /** The digest of the manifest. */
    Digest digest() {
        return Stamp.digest(manifest);
    }

    /** Whether nothing but the {@code spec} says what the object is to be, apart from its metadata. */
    boolean isInSpecAlone() {
        return IN_SPEC_ALONE.containsAll(manifest.content().keySet());
    }

    Stage stage() {
        return Stage.of(ref.kind());
    }
}
