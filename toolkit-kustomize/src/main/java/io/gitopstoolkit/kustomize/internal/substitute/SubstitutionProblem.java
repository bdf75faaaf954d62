package io.gitopstoolkit.kustomize.internal.substitute;

/** A template that cannot be read or evaluated. The message holds names of variables at most, never a value. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class SubstitutionProblem extends RuntimeException {
    SubstitutionProblem(String message) {
        super(message, null, false, false);
    }
}
