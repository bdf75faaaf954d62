package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import io.gitopstoolkit.apply.internal.Kind;

/**
 * One object to be applied.
 *
 * @param manifest as it is sent: with its namespace and the owner's labels
 * @param ref with its namespace
 * @param kind as the cluster serves it, or will
 * @param declared whether the cluster does not serve the kind yet, and its definition is in the same set
 */
record Target(Manifest manifest, ObjectRef ref, Kind kind, boolean declared) {
    Stage stage() {
        return Stage.of(ref.kind());
    }
}
