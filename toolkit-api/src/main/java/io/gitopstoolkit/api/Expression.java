package io.gitopstoolkit.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression over plain data, such as one in CEL: a health check, a filter, an id made of an event. Safe
 * between threads.
 */
@FunctionalInterface
public interface Expression {
    /**
     * The value of the expression: a string, number, boolean, list, map or null.
     *
     * @param variables plain data as in a {@link Manifest}, by the name that the expression uses
     * @throws ToolkitException if it cannot be evaluated on these variables
     */
    @Nullable
    Object evaluate(Map<String, ? extends @Nullable Object> variables);
}
