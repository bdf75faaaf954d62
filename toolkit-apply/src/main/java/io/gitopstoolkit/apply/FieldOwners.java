package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.HeldFields;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who holds which field of a live object: the answer to why a field does not stay as it was delivered.
 *
 * @param ref which object
 * @param fields by path and then by manager; a field that several hold is there for each of them
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">Kubernetes: field
 *     management</a>
 */
public record FieldOwners(ObjectRef ref, List<OwnedField> fields) {
    /** Copies the list. */
    public FieldOwners {
        requireNonNull(ref, "ref");
        fields = List.copyOf(fields);
    }

    /**
     * One field and one who holds it. Values are not part of it.
     *
     * @param path such as {@code spec.template.spec.containers[name=web].image}
     * @param manager such as {@code kubectl-edit}
     * @param operation {@code Apply} or {@code Update}
     * @param subresource that it wrote to, such as {@code status}; empty for the object itself
     */
    public record OwnedField(String path, String manager, String operation, String subresource) {
        /** Checks that nothing is null. */
        public OwnedField {
            requireNonNull(path, "path");
            requireNonNull(manager, "manager");
            requireNonNull(operation, "operation");
            requireNonNull(subresource, "subresource");
        }

        /** Such as {@code spec.replicas: kubectl-edit (Update)}. */
        @Override
        public String toString() {
            return PlanText.safe(path) + ": " + PlanText.of(new Plan.Holder(manager, operation, subresource, false));
        }
    }

    /**
     * Reads them from {@code metadata.managedFields}; none where the object has none.
     *
     * @param live the object as the cluster has it
     */
    public static FieldOwners of(Manifest live) {
        return new FieldOwners(
                live.ref(),
                HeldFields.of(live.content()).stream()
                        .map(held -> new OwnedField(
                                held.path(),
                                held.holder().name(),
                                held.holder().operation(),
                                held.holder().subresource()))
                        .toList());
    }

    /** Those of a field, and of whatever is in it. */
    public List<OwnedField> at(String path) {
        requireNonNull(path, "path");
        return fields.stream()
                .filter(field -> field.path().equals(path)
                        || field.path().startsWith(path + '.')
                        || field.path().startsWith(path + '['))
                .toList();
    }

    /** A line for each field and manager. */
    @Override
    public String toString() {
        return fields.stream().map(OwnedField::toString).collect(Collectors.joining("\n"));
    }
}
