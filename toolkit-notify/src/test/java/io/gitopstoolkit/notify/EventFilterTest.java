package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Severity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {
    private final Event event = Events.saying("Deployment/web configured\ndial tcp: no such host");

    @Test
    void takesKindsNamesAndNamespaces() {
        assertThat(EventFilter.kinds("HelmRelease", "Kustomization").test(event))
                .isTrue();
        assertThat(EventFilter.kinds("kustomization").test(event)).isFalse();
        assertThat(EventFilter.names("apps").test(event)).isTrue();
        assertThat(EventFilter.names("app").test(event)).isFalse();
        assertThat(EventFilter.namespaces("flux-system").test(event)).isTrue();
        assertThat(EventFilter.namespaces("").test(event)).isFalse();
        Event clusterScope = Events.about(new ObjectRef("", "Node", "", "n1"), Severity.INFO, "x", Map.of());
        assertThat(EventFilter.namespaces("").test(clusterScope)).isTrue();
    }

    @Test
    void takesEveryOneForAStar() {
        assertThat(EventFilter.kinds("*").test(event)).isTrue();
        assertThat(EventFilter.names("web", "*").test(event)).isTrue();
        assertThat(EventFilter.namespaces("*").test(event)).isTrue();
    }

    @Test
    void refusesToStandForNothing() {
        assertThatThrownBy(EventFilter::kinds).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(EventFilter::names).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(EventFilter::including).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesASeverityAndThoseAbove() {
        Event error = Events.about(Events.APPS, Severity.ERROR, "x", Map.of());
        assertThat(EventFilter.atLeast(Severity.ERROR).test(event)).isFalse();
        assertThat(EventFilter.atLeast(Severity.ERROR).test(error)).isTrue();
        assertThat(EventFilter.atLeast(Severity.INFO).test(event)).isTrue();
        assertThat(EventFilter.atLeast(Severity.TRACE).test(event)).isTrue();
    }

    @Test
    void findsExpressionsAnywhereInTheMessage() {
        assertThat(EventFilter.including("xyz", "no such \\w+").test(event)).isTrue();
        assertThat(EventFilter.including("xyz").test(event)).isFalse();
        assertThat(EventFilter.excluding("xyz", "no such \\w+").test(event)).isFalse();
        assertThat(EventFilter.excluding("xyz").test(event)).isTrue();
        assertThat(EventFilter.including("^dial").test(event)).isFalse();
        assertThat(EventFilter.including("(?m)^dial").test(event)).isTrue();
        assertThat(EventFilter.including("(?i)DIAL TCP").test(event)).isTrue();
    }

    @Test
    void takesLinearTime() {
        Event hostile = Events.saying("a".repeat(20_000) + "!");
        long start = System.nanoTime();
        assertThat(EventFilter.including("(a+)+$").test(hostile)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a(b", "[", "*", "a{2,1}", "(?<=x)y", "\\1"})
    void refusesExpressionsThatAreNotValid(String expression) {
        assertThatThrownBy(() -> EventFilter.excluding(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the expression '" + expression + "' of a filter is not valid: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((((a{50}){50}){50}){50}){50}",
                "(((x{1000}){1000}){1000}){1000}",
                "([)]{200}|(?:\\(b\\p{L}{10,}){9}){100,300}",
                "\\Qabcdefghijklm\\E(\\x{41}{999}){11}"
            })
    void refusesExpressionsThatGrowWithoutBound(String expression) {
        assertThatThrownBy(() -> EventFilter.excluding(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a, 1",
        "'', 0",
        "abc, 3",
        "a{5}, 5",
        "'(ab{3}){2,4}', 16",
        "a{0}, 1",
        "[a{9}]{2}, 2",
        "[]a]{3}, 3",
        "[^]a(]{3}, 3",
        "[[:alpha:]{7}]{4}, 4",
        "\\{5}, 3",
        "\\p{L}{6}, 6",
        "\\x{41}{7}, 7",
        "a{x}, 4",
        "(((a), 1",
        "a), 1",
        "(a|b{3})+, 6",
        "a{999999999}b{999999999}, 1999999998"
    })
    void countsThePartsOfAnExpression(String expression, long parts) {
        assertThat(ExpressionSize.of(expression)).isEqualTo(parts);
    }

    @Test
    void refusesExpressionsThatAreTooLong() {
        assertThatThrownBy(() -> EventFilter.including("x".repeat(1_001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000");
    }

    @Test
    void combines() {
        EventFilter yes = EventFilter.ALL;
        EventFilter no = yes.negate();
        assertThat(yes.and(yes).test(event)).isTrue();
        assertThat(yes.and(no).test(event)).isFalse();
        assertThat(no.or(yes).test(event)).isTrue();
        assertThat(no.or(no).test(event)).isFalse();
    }
}
