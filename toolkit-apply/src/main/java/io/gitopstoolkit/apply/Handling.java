package io.gitopstoolkit.apply;

import java.util.List;

/**
 * How objects are handled, for all that do not say it themselves.
 *
 * @param validates whether all objects that are written together are tried by dry run before
 * @param forces whether an object is deleted and created again where a field cannot be changed
 * @param adopted the managers whose fields are taken over, besides kubectl's; with {@code *} at the end by prefix
 * @param ignored the fields that others may change
 */
record Handling(boolean validates, boolean forces, List<String> adopted, IgnoredFields ignored) {
    /** What the builder begins with. */
    static final Handling DEFAULT = new Handling(true, false, List.of(), IgnoredFields.NONE);

    Handling {
        adopted = List.copyOf(adopted);
    }

    Handling unvalidated() {
        return new Handling(false, forces, adopted, ignored);
    }

    Handling forced() {
        return new Handling(validates, true, adopted, ignored);
    }

    Handling adopting(List<String> managers) {
        return new Handling(validates, forces, managers, ignored);
    }

    Handling ignoring(IgnoredFields fields) {
        return new Handling(validates, forces, adopted, fields);
    }
}
