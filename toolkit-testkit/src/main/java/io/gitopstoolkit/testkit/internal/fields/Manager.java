package io.gitopstoolkit.testkit.internal.fields;

import java.util.Comparator;

/**
 * Who owns fields: a name, how it writes, and through which part of the object.
 *
 * @param name the field manager
 * @param operation {@code Apply} or {@code Update}
 * @param apiVersion the version that it writes in; empty for Apply, where one name is one manager in all versions
 * @param subresource {@code status}, {@code scale}, or empty
 */
record Manager(String name, String operation, String apiVersion, String subresource) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    /** The order in which messages name managers. */
    static final Comparator<Manager> ORDER = Comparator.comparing(Manager::name)
            .thenComparing(Manager::operation)
            .thenComparing(Manager::apiVersion)
            .thenComparing(Manager::subresource);

    boolean applies() {
        return operation.equals(APPLY);
    }

    static Manager applying(String name, String subresource) {
        return new Manager(name, APPLY, "", subresource);
    }

    static Manager updating(String name, String apiVersion, String subresource) {
        return new Manager(name, UPDATE, apiVersion, subresource);
    }
}
