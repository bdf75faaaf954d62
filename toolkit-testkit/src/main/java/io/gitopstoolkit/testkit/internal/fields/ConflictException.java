package io.gitopstoolkit.testkit.internal.fields;

import java.util.List;

/** An apply that would change fields that others own, and was not forced. */
@SuppressWarnings("serial") // never sent about as a Java object
public final class ConflictException extends RuntimeException {
    private final List<Conflict> conflicts;

    ConflictException(List<Conflict> conflicts) {
        super(conflicts.size() + " conflicts");
        this.conflicts = conflicts;
    }

    /** The conflicts, by manager and path. */
    public List<Conflict> conflicts() {
        return conflicts;
    }
}
