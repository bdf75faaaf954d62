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
 * @param directions when it is applied
 */
record Target(Manifest manifest, ObjectRef ref, Kind kind, boolean declared, Directions directions) {
    private static final Set<String> IN_SPEC_ALONE = Set.of("apiVersion", "kind", "metadata", "spec");

    /** An object without directions. */
    Target(Manifest manifest, ObjectRef ref, Kind kind, boolean declared) {
        this(manifest, ref, kind, declared, Directions.NONE);
    }

    /** The same object with other content. */
    Target with(Manifest other) {
        return new Target(other, ref, kind, declared, directions);
    }

    /** The digest of the manifest. */
    Digest digest() {
        return Stamp.digest(manifest);
    }

    /** Whether nothing but the {@code spec} says what the object is to be, apart from its metadata. */
    boolean isInSpecAlone() {
        return IN_SPEC_ALONE.containsAll(manifest.content().keySet());
    }

    /** Whether the object is no lasting part of the set: a hook, or one that is not applied at all. */
    boolean isApart() {
        return directions.hook() || directions.phases().isEmpty();
    }

    Stage stage() {
        return Stage.of(ref.kind());
    }

    /** The definition of the kind of a custom resource, whose name Kubernetes requires to be of this form. */
    ObjectRef definition() {
        return new ObjectRef(
                "apiextensions.k8s.io", "CustomResourceDefinition", "", kind.plural() + '.' + kind.group());
    }
}
