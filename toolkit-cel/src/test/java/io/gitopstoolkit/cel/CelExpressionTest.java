package io.gitopstoolkit.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.cel.CelException.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private static String resource(String name) throws IOException {
        try (var in = CelExpressionTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parse(String json) {
        return JSON.unmarshal(json, Map.class);
    }

    /** An expression, and what cel-go 0.31 makes of it in the environment of Flux. */
    record Row(String expression, String outcome, @Nullable Object value) {}

    /** What is not as in cel-go: the list in docs/compatibility.md. */
    private static final Set<String> DIFFERENT =
            Set.of("{'a': 1, 'a': 2}", "'%s'.format(['a'])", "string(1.0)", "string(1e21)");

    static Stream<Row> rows() throws IOException {
        return resource("expressions.jsonl")
                .lines()
                .map(CelExpressionTest::parse)
                .map(row ->
                        new Row(String.valueOf(row.get("expr")), String.valueOf(row.get("outcome")), row.get("value")));
    }

    private static String outcome(Row row, Map<String, Object> object) {
        try {
            Object value = CelExpression.parse(row.expression()).evaluate(object);
            return String.valueOf(plain(value));
        } catch (CelException e) {
            return "refused";
        }
    }

    /** Numbers as JSON has them. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(CelExpressionTest::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, inner) -> plain.put(String.valueOf(key), plain(inner)));
            return plain;
        }
        return value instanceof Number number ? number.doubleValue() : value;
    }

    private static String expected(Row row) {
        return switch (row.outcome()) {
            case "invalid", "error", "bytes", "optional_type", "type" -> "refused";
            default -> String.valueOf(plain(row.value()));
        };
    }

    @Test
    void evaluatesAsFluxDoes() throws IOException {
        var object = parse(resource("object.json"));
        List<Row> rows = rows().toList();
        assertThat(rows).hasSizeGreaterThan(200);
        assertThat(rows.stream()
                        .filter(row ->
                                outcome(row, object).equals(expected(row)) == DIFFERENT.contains(row.expression()))
                        .map(row -> row.expression() + " is " + outcome(row, object) + " and not " + expected(row)))
                .isEmpty();
    }

    static Stream<Row> invalidRows() throws IOException {
        return rows().filter(row -> row.outcome().equals("invalid"));
    }

    private static CelException failure(String expression, Map<String, ?> variables) {
        return catchThrowableOfType(
                CelException.class, () -> CelExpression.parse(expression).evaluate(variables));
    }

    @Nested
    class WhenTheExpressionIsInvalid {
        @Test
        void namesItAndThePosition() {
            var failure = catchThrowableOfType(CelException.class, () -> CelExpression.parse("status.\n  && true"));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_EXPRESSION);
            assertThat(failure.reason()).isEqualTo("InvalidCELExpression");
            assertThat(failure.retry()).isEqualTo(Retry.NEVER);
            assertThat(failure).hasMessageStartingWith("the CEL expression 'status.\n  && true' is invalid at 2:3: ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"dep.x == 1", "self.x == 1 && other", "self.x.unknown()", "1 + 'a'"})
        void refusesWhatCannotHaveAValue(String expression) {
            var failure =
                    catchThrowableOfType(CelException.class, () -> CelExpression.compile(expression, List.of("self")));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_EXPRESSION);
            assertThat(failure).hasMessageContaining(" is invalid at 1:");
        }
    }

    @Nested
    class WhenVariablesAreDeclared {
        @Test
        void evaluatesOnThem() {
            var ready = CelExpression.compile(
                    "self.spec.version == dep.status.version && dep.status.replicas > 1", List.of("self", "dep"));
            Map<String, ?> self = Map.of("spec", Map.of("version", "v1"));
            Map<String, ?> dep = Map.of("status", Map.of("version", "v1", "replicas", 2));
            assertThat(ready.evaluate(Map.of("self", self, "dep", dep))).isEqualTo(true);
            assertThat(ready).hasToString("self.spec.version == dep.status.version && dep.status.replicas > 1");
        }
    }

    @Nested
    class WhenThereIsNoValue {
        @Test
        void namesTheExpressionAndWhatIsMissing() {
            var failure = failure("status.phase == 'Ready'", Map.of("status", Map.of()));
            assertThat(failure.why()).isEqualTo(Reason.NO_VALUE);
            assertThat(failure)
                    .hasMessageStartingWith("the CEL expression 'status.phase == 'Ready'': ")
                    .hasMessageContaining("phase");
        }
    }

    @Test
    void takesNumbersOfAllKinds() {
        var sum = CelExpression.parse("a + b + c");
        assertThat(sum.evaluate(Map.of("a", 1, "b", 2L, "c", BigInteger.valueOf(3))))
                .isEqualTo(6L);
    }

    @Nested
    class WhenItIsHostile {
        @Test
        void endsALoopInALoop() {
            String many = "[" + "1,".repeat(150) + "1]";
            var failure = failure(many + ".all(x, " + many + ".all(y, " + many + ".all(z, x == z)))", Map.of());
            assertThat(failure.why()).isEqualTo(Reason.LIMIT_EXCEEDED);
        }

        @Test
        void endsATextThatDoubles() {
            var failure = failure("['aaaaaaaaaaaaaaaa']" + ".map(x, x + x)".repeat(60) + "[0].size() > 0", Map.of());
            assertThat(failure.why()).isEqualTo(Reason.LIMIT_EXCEEDED);
        }

        @Test
        void endsAListThatHoldsItselfTwice() {
            String twice = ".map(x, [x, x])";
            var failure = failure("[1]" + twice.repeat(60) + " == [1]" + twice.repeat(60), Map.of());
            assertThat(failure.why()).isEqualTo(Reason.LIMIT_EXCEEDED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"text.replace('a', text)", "list.join(text)"})
        void endsATextThatIsMadeAtOnce(String expression) {
            String text = "a".repeat(100_000);
            var failure = failure(
                    expression,
                    Map.of(
                            "text",
                            text,
                            "list",
                            List.of(text).stream()
                                    .flatMap(item -> Stream.generate(() -> item).limit(100_000))
                                    .toList()));
            assertThat(failure.why()).isEqualTo(Reason.LIMIT_EXCEEDED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"(", "[", "a."})
        void refusesOneThatIsNestedTooDeep(String open) {
            var failure = catchThrowableOfType(CelException.class, () -> CelExpression.parse(open.repeat(4_000) + "1"));
            assertThat(failure.why()).isEqualTo(Reason.INVALID_EXPRESSION);
        }

        @Test
        void refusesOneThatIsTooLong() {
            var failure =
                    catchThrowableOfType(CelException.class, () -> CelExpression.parse("'" + "a".repeat(20_000) + "'"));
            assertThat(failure.getMessage()).hasSizeLessThan(500);
        }

        @Test
        void matchesPatternsInLinearTime() {
            var slow = CelExpression.parse("text.matches('^(a+)+$')");
            assertThat(slow.evaluate(Map.of("text", "a".repeat(50_000) + "b"))).isEqualTo(false);
        }

        @Test
        void hearsTheInterruptionOfItsThread() {
            Thread.currentThread().interrupt();
            var failure = failure("[1,2,3,4,5,6,7,8,9].all(x, [1,2,3,4,5,6,7,8,9].all(y, x * y > 0))", Map.of());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.why()).isEqualTo(Reason.LIMIT_EXCEEDED);
        }
    }

    @ParameterizedTest
    @MethodSource("invalidRows")
    void isFoundInvalidBeforeItIsEvaluated(Row row) {
        var failure = catchThrowableOfType(CelException.class, () -> CelExpression.parse(row.expression()));
        assertThat(failure.why()).isEqualTo(Reason.INVALID_EXPRESSION);
    }
}
