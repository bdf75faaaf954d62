package io.gitopstoolkit.apply;

/**
 * How objects are handled, for all that do not say it themselves.
 *
 * @param validates whether all objects that are written together are tried by dry run before
 * @param forces whether an object is deleted and created again where a field cannot be changed
 */
record Handling(boolean validates, boolean forces) {
    /** What the builder begins with. */
    static final Handling DEFAULT = new Handling(true, false);

    Handling unvalidated() {
        return new Handling(false, forces);
    }

    Handling forced() {
        return new Handling(validates, true);
    }
}
