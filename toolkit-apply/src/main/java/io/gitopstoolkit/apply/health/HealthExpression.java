package io.gitopstoolkit.apply.health;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Expression;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.ToolkitException;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.health.LiveObject.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges the objects of a kind, or of a whole API group, by expressions over their fields, such as
 * {@code status.phase == 'Ready'} in CEL: the variables are the object's own fields, {@code metadata}, {@code spec},
 * {@code status} and what else it has.
 *
 * <p>An object whose {@code status.observedGeneration} is not its generation is in progress. Else the first expression that
 * is true says its state, in the order {@code inProgress}, {@code failed}, {@code current}; where none is, it is in
 * progress. It is so, too, where an expression has no value, as of a field that is not there yet, or gives no boolean; the
 * message tells. No other rule of {@link HealthChecks#kstatus} holds for these objects: as in Flux.
 *
 * @param apiVersion whose group counts, such as {@code example.org/v1}; the version does not
 * @param kind the kind; empty for all of the group that have no expressions of their own
 * @param current whether the object is what it was asked to be
 * @param inProgress whether the cluster is at work on it, or null
 * @param failed whether it failed for good, or null
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions">Flux: health check
 *     expressions</a>
 */
public record HealthExpression(
        String apiVersion,
        String kind,
        Expression current,
        @Nullable Expression inProgress,
        @Nullable Expression failed) {
    private static final List<State> ORDER = List.of(State.IN_PROGRESS, State.FAILED, State.CURRENT);

    /**
     * Checks that there is a version and an expression.
     *
     * @throws IllegalArgumentException if {@code apiVersion} is empty
     */
    public HealthExpression {
        requireNonNull(apiVersion, "apiVersion");
        requireNonNull(kind, "kind");
        requireNonNull(current, "current");
        if (apiVersion.isEmpty()) {
            throw new IllegalArgumentException("a health expression needs the API version that it is for");
        }
    }

    /** For objects that are current, or else in progress. */
    public HealthExpression(String apiVersion, String kind, Expression current) {
        this(apiVersion, kind, current, null, null);
    }

    String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Whether the object is of this kind; {@code exactly} leaves the whole group out. */
    boolean matches(ObjectRef ref, boolean exactly) {
        return ref.group().equals(group()) && (exactly ? kind.equals(ref.kind()) : kind.isEmpty());
    }

    Health check(Manifest live) {
        var object = new LiveObject(live);
        var observed = object.integer("status", "observedGeneration");
        var generation = object.integer("metadata", "generation");
        if (observed.isPresent() && generation.isPresent() && observed.getAsLong() != generation.getAsLong()) {
            return Health.inProgress(object.kind() + " generation is " + generation.getAsLong()
                    + ", but latest observed generation is " + observed.getAsLong());
        }
        try {
            return judge(object, live);
        } catch (ToolkitException e) {
            return Health.inProgress(String.valueOf(e.getMessage()));
        }
    }

    private Health judge(LiveObject object, Manifest live) {
        for (State state : ORDER) {
            Expression expression = expression(state);
            if (expression == null) {
                continue;
            }
            if (!(expression.evaluate(live.content()) instanceof Boolean holds)) {
                return Health.inProgress("the expression '" + expression + "' gives no boolean");
            }
            if (holds) {
                return new Health(state, why(object, state, "the expression '" + expression + "' holds"));
            }
        }
        return Health.inProgress(why(object, State.IN_PROGRESS, "the expression '" + current + "' does not hold"));
    }

    private @Nullable Expression expression(State state) {
        return switch (state) {
            case IN_PROGRESS -> inProgress;
            case FAILED -> failed;
            default -> current;
        };
    }

    /** What the object itself says, else what the expressions do. */
    private static String why(LiveObject object, State state, String fallback) {
        return object.conditions("Ready").stream()
                .filter(condition -> state != State.CURRENT && !condition.isTrue())
                .map(Condition::message)
                .filter(message -> !message.isEmpty())
                .findFirst()
                .orElse(fallback);
    }
}
