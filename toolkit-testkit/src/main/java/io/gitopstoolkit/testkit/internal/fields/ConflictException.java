package io.gitopstoolkit.testkit.internal.fields;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An apply that would change fields that others own, and was not forced. */
@SuppressWarnings("serial") // never sent about as a Java object
public final class ConflictException extends RuntimeException {
    private final List<Conflict> conflicts;

    ConflictException(List<Conflict> conflicts) {
        super(conflicts.size() + " conflicts");
        this.conflicts = conflicts;
    }

    /** The same without the conflicts about some fields; null where no other is left. */
    @Nullable
    ConflictException without(FieldSet fields) {
        var paths = new HashSet<String>();
        fields.eachPath(paths::add);
        List<Conflict> left = conflicts.stream()
                .filter(conflict -> !paths.contains(conflict.path()))
                .toList();
        return left.isEmpty() ? null : new ConflictException(left);
    }

    /** The conflicts, by manager and path. */
    public List<Conflict> conflicts() {
        return conflicts;
    }
}
