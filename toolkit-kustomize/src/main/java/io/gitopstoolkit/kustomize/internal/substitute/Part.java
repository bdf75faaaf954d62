package io.gitopstoolkit.kustomize.internal.substitute;

import java.util.List;

/** A part of a template. */
sealed interface Part {
    /**
     * What stays as it is.
     *
     * @param bytes of it
     */
    record Text(String bytes) implements Part {}

    /**
     * A variable, and what is done with its value.
     *
     * @param variable its name
     * @param operator such as {@code :=}; nothing for the value itself
     * @param arguments of the operator
     */
    record Expression(String variable, String operator, List<Part> arguments) implements Part {
        public Expression {
            arguments = List.copyOf(arguments);
        }

        /** Whether the operator gives a value to a variable that has none. */
        boolean hasDefault() {
            return switch (operator) {
                case "=", ":=", ":-", ":?", ":+" -> true;
                default -> false;
            };
        }
    }
}
