package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;

/** A scalar that cannot be written; gathers the path to it on the way up. */
@SuppressWarnings("serial") // never leaves this package
final class UnfitScalarException extends RuntimeException {
    private final String why;
    private final String path;

    UnfitScalarException(String why) {
        this(why, "");
    }

    private UnfitScalarException(String why, String path) {
        super(why, null, false, false);
        this.why = why;
        this.path = path;
    }

    UnfitScalarException under(String key) {
        return new UnfitScalarException(why, path.isEmpty() ? key : key + "." + path);
    }

    KustomizeException explain() {
        return new KustomizeException(Reason.INVALID_YAML, "cannot write " + path + ": " + why);
    }
}
