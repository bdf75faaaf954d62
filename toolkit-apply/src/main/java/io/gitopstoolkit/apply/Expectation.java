package io.gitopstoolkit.apply;

import java.util.List;

/** What somebody approved that a delivery does. */
@FunctionalInterface
interface Expectation {
    /** Nothing in particular. */
    Expectation NONE = assessed -> {};

    /**
     * Hears what is about to be written, before the first of it is.
     *
     * @throws Failure if that is something else
     */
    void check(List<Assessment> assessed);
}
