package io.gitopstoolkit.apply.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gitopstoolkit.api.Expression;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.ToolkitException;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthExpressionTest {
    /** An expression that holds where the object's phase is this. */
    private record Phase(String wanted) implements Expression {
        @Override
        public @Nullable Object evaluate(Map<String, ? extends @Nullable Object> variables) {
            @SuppressWarnings("unchecked")
            var fields = (Map<String, @Nullable Object>) variables;
            return Tree.text(fields, "", "status", "phase").equals(wanted);
        }
    }

    @SuppressWarnings("serial")
    private static final class Missing extends ToolkitException {
        Missing() {
            super("NoValue", Retry.BACK_OFF, "no such field: phase", null);
        }
    }

    private static final HealthExpression DATABASE = new HealthExpression(
            "example.org/v1", "Database", new Phase("Ready"), new Phase("Restoring"), new Phase("Broken"));

    private static Manifest database(String apiVersion, String kind, long observed, String phase) {
        return new Manifest(Map.of(
                "apiVersion",
                apiVersion,
                "kind",
                kind,
                "metadata",
                Map.of("name", "db", "generation", 2),
                "status",
                Map.of("observedGeneration", observed, "phase", phase)));
    }

    private static State state(HealthCheck check, Manifest live) {
        return check.check(live).state();
    }

    @Test
    void asksForProgressThenFailureThenSuccess() {
        var check = HealthChecks.kstatus().except(List.of(DATABASE));
        assertThat(state(check, database("example.org/v2", "Database", 2, "Ready")))
                .isEqualTo(State.CURRENT);
        assertThat(state(check, database("example.org/v1", "Database", 2, "Broken")))
                .isEqualTo(State.FAILED);
        assertThat(state(check, database("example.org/v1", "Database", 2, "Restoring")))
                .isEqualTo(State.IN_PROGRESS);
        assertThat(check.check(database("example.org/v1", "Database", 2, "")))
                .isEqualTo(Health.inProgress("the expression 'Phase[wanted=Ready]' does not hold"));
    }

    @Test
    void waitsForTheLatestGeneration() {
        var check = HealthChecks.kstatus().except(List.of(DATABASE));
        assertThat(check.check(database("example.org/v1", "Database", 1, "Ready")))
                .isEqualTo(Health.inProgress("Database generation is 2, but latest observed generation is 1"));
    }

    @Test
    void leavesOtherKindsToTheOtherRules() {
        var check = HealthChecks.kstatus().except(List.of(DATABASE));
        assertThat(state(check, database("example.org/v1", "Cache", 2, ""))).isEqualTo(State.CURRENT);
        assertThat(state(check, database("other.org/v1", "Database", 2, ""))).isEqualTo(State.CURRENT);
    }

    @Test
    void prefersTheKindToTheGroup() {
        var group = new HealthExpression("example.org/v1", "", new Phase("Done"));
        var check = HealthChecks.kstatus().except(List.of(group, DATABASE));
        assertThat(state(check, database("example.org/v1", "Cache", 2, "Done"))).isEqualTo(State.CURRENT);
        assertThat(state(check, database("example.org/v1", "Cache", 2, "Ready")))
                .isEqualTo(State.IN_PROGRESS);
        assertThat(state(check, database("example.org/v1", "Database", 2, "Ready")))
                .isEqualTo(State.CURRENT);
    }

    @Test
    void takesWhatHasNoValueForInProgress() {
        var failing = new HealthExpression("example.org/v1", "Database", variables -> {
            throw new Missing();
        });
        assertThat(HealthChecks.kstatus()
                        .except(List.of(failing))
                        .check(database("example.org/v1", "Database", 2, "Ready")))
                .isEqualTo(Health.inProgress("no such field: phase"));
        var number = new HealthExpression("example.org/v1", "Database", variables -> 1L);
        assertThat(HealthChecks.kstatus()
                        .except(List.of(number))
                        .check(database("example.org/v1", "Database", 2, "Ready"))
                        .message())
                .endsWith("gives no boolean");
    }

    @Test
    void refusesTwoForTheSameKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthChecks.kstatus().except(List.of(DATABASE, DATABASE)))
                .withMessage("two health expressions for example.org/v1, kind Database; keep one");
    }
}
