package io.gitopstoolkit.testkit.internal.fields;

import org.jspecify.annotations.Nullable;

/** The value of a field that is not there, which is not the same as null. */
enum Absent {
    ABSENT;

    static boolean is(@Nullable Object value) {
        return value == ABSENT;
    }
}
