package io.gitopstoolkit.apply.health;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Manifest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

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

    /**
     * This check, but for what {@code expressions} are about, those. Expressions for a kind win over those for its group.
     *
     * @throws IllegalArgumentException if two of them are about the same
     */
    default HealthCheck except(Collection<HealthExpression> expressions) {
        List<HealthExpression> each = List.copyOf(expressions);
        var about = new HashSet<String>();
        for (HealthExpression expression : each) {
            if (!about.add(expression.group() + '/' + expression.kind())) {
                throw new IllegalArgumentException("two health expressions for " + expression.apiVersion()
                        + (expression.kind().isEmpty() ? "" : ", kind " + expression.kind()) + "; keep one");
            }
        }
        return live -> {
            var ref = live.ref();
            return Stream.of(true, false)
                    .flatMap(exactly -> each.stream().filter(expression -> expression.matches(ref, exactly)))
                    .findFirst()
                    .map(expression -> expression.check(live))
                    .orElseGet(() -> check(live));
        };
    }
}
