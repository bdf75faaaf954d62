package io.gitopstoolkit.kustomize.internal.substitute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    /**
     * The first line of the table has the variables; each other one a template and what Flux's library makes of it:
     * strict, then lenient.
     */
    @Test
    void isEvaluatedAsFluxEvaluatesIt() throws IOException {
        List<String> lines = lines();
        Map<String, String> variables = variables(lines.get(0));
        var expected = new ArrayList<String>();
        var actual = new ArrayList<String>();
        for (String line : lines.subList(1, lines.size())) {
            List<?> row = (List<?>) parsed(line);
            String template = (String) Objects.requireNonNull(row.get(0));
            expected.add(template + " => " + row.subList(1, 5));
            actual.add(template + " => " + outcomes(template, variables));
        }
        assertThat(actual).hasSizeGreaterThan(700).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "${v}, hello",
        "$v, $v",
        "$${v}, ${v}",
        "${v^}, Hello",
        "${v^^}, HELLO",
        "${v:1:3}, ell",
        "${#v}, 5",
        "${v#*l}, lo",
        "${v##*l}, o",
        "${v%l*}, hel",
        "${v%%l*}, he",
        "${v/l/L}, heLlo",
        "${v//l/L}, heLLo",
        "${v/#he/she}, shello",
        "${v/%lo/p}, help",
        "${none:=${v:-x}}, hello",
        "${none:-a:b}, a:b"
    })
    void hasOperators(String template, String expected) {
        assertThat(Template.parse(template).evaluate(Map.of("v", "hello"), true))
                .isEqualTo(expected);
    }

    @Test
    void isBoundedInDepthAndWork() {
        assertThatThrownBy(() -> Template.parse("${a:-".repeat(100_000)))
                .isInstanceOf(SubstitutionProblem.class)
                .hasMessageContaining("within each other");
        Template slow = Template.parse("${a#*a*b*c*x}");
        Map<String, String> long1 = Map.of("a", "abc".repeat(100_000));
        assertThatThrownBy(() -> slow.evaluate(long1, true))
                .isInstanceOf(SubstitutionProblem.class)
                .hasMessageContaining("takes too long");
    }

    @Test
    void takesManyExpressions() {
        assertThat(Template.parse("${a}$$".repeat(200_000)).evaluate(Map.of("a", "b"), true))
                .isEqualTo("b$".repeat(200_000));
    }

    private static List<String> outcomes(String template, Map<String, String> variables) {
        var outcomes = new ArrayList<String>();
        for (boolean strict : new boolean[] {true, false}) {
            try {
                outcomes.addAll(List.of("ok", Template.parse(template).evaluate(variables, strict)));
            } catch (SubstitutionProblem e) {
                outcomes.addAll(List.of("error", String.valueOf(e.getMessage())));
            }
        }
        return outcomes;
    }

    private static Map<String, String> variables(String line) {
        var variables = new HashMap<String, String>();
        ((Map<?, ?>) parsed(line)).forEach((name, value) -> variables.put((String) name, (String) value));
        return variables;
    }

    private static Object parsed(String line) {
        return Objects.requireNonNull(Objects.requireNonNull(
                        new YamlReader(YamlLimits.DEFAULT).readOne(line, "templates.jsonl", Dialect.RESOURCE))
                .toPlain());
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = TemplateTest.class.getResourceAsStream("templates.jsonl")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
