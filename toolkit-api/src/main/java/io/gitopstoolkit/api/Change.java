package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

/**
 * What happened to one object.
 *
 * @param ref which object
 * @param apiVersion the version that it was written in, such as {@code apps/v1}
 * @param action what was done
 * @param message why, where the action alone does not say it; empty otherwise; no secrets
 */
public record Change(ObjectRef ref, String apiVersion, Action action, String message) {
    /** Checks that nothing is null. */
    public Change {
        requireNonNull(ref, "ref");
        requireNonNull(apiVersion, "apiVersion");
        requireNonNull(action, "action");
        requireNonNull(message, "message");
    }

    /** Whether anything differed: true of any action but unchanged and skipped. */
    public boolean isChanged() {
        return action != Action.UNCHANGED && action != Action.SKIPPED;
    }

    /** The line of Flux's change log, such as {@code Deployment/apps/web configured}, with the message if any. */
    @Override
    public String toString() {
        return ref + " " + action + (message.isEmpty() ? "" : ": " + message);
    }
}
