package io.gitopstoolkit.apply.health;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Manifest;

/**
 * Judges the health of an object as the cluster has it. Implementations are pure functions, safe between threads.
 *
 * @see HealthChecks
 */
@FunctionalInterface
public interface HealthCheck {
    /**
     * The health of one object.
     *
     * @param live the whole object, with its status
     */
    Health check(Manifest live);

    /**
     * This check, but for one kind another.
     *
     * @param group the API group of the kind, empty for the core group
     */
    default HealthCheck except(String group, String kind, HealthCheck other) {
        requireNonNull(group, "group");
        requireNonNull(kind, "kind");
        requireNonNull(other, "other");
        return live -> {
            var ref = live.ref();
            boolean special = ref.group().equals(group) && ref.kind().equals(kind);
            return special ? other.check(live) : check(live);
        };
    }
}
