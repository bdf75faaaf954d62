package io.gitopstoolkit.apply.internal;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One who holds fields of an object.
 *
 * @param name such as {@code kubectl-edit}
 * @param operation {@code Apply} or {@code Update}
 * @param subresource that was written to, such as {@code status}; empty for the object itself
 */
public record FieldHolder(String name, String operation, String subresource) implements Comparable<FieldHolder> {
    private static final Comparator<FieldHolder> ORDER = Comparator.comparing(FieldHolder::name)
            .thenComparing(FieldHolder::operation)
            .thenComparing(FieldHolder::subresource);

    static FieldHolder of(Map<String, @Nullable Object> entry) {
        return new FieldHolder(
                Tree.text(entry, "", "manager"),
                Tree.text(entry, "", "operation"),
                Tree.text(entry, "", "subresource"));
    }

    /** Whether this is the manager of that name who applies the object itself. */
    public boolean applies(String manager) {
        return name.equals(manager) && operation.equals("Apply") && subresource.isEmpty();
    }

    @Override
    public int compareTo(FieldHolder other) {
        return ORDER.compare(this, other);
    }
}
