package io.gitopstoolkit.testkit.internal.cel;

import org.jspecify.annotations.Nullable;

/** Data without a schema, as expressions see it. */
public final class PlainValues {
    private PlainValues() {}

    /** A tree as a value of expressions. */
    public static Object toCel(@Nullable Object tree) {
        return SchemaValues.plain(tree);
    }
}
