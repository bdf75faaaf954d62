package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.SUBSTITUTION_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubstitutionTest {
    private static final String CONFIG_MAP =
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {k: '%s'}}";

    /** Each line: a manifest, variables, strict, always, and what Flux makes of it. */
    static List<String> recorded() throws IOException {
        try (InputStream in = SubstitutionTest.class.getResourceAsStream("substitutions.jsonl")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void givesWhatFluxGives(String line) {
        List<?> row = (List<?>) Objects.requireNonNull(
                Objects.requireNonNull(new YamlReader(YamlLimits.DEFAULT).readOne(line, "line", Dialect.RESOURCE))
                        .toPlain());
        var variables = new HashMap<String, String>();
        ((Map<?, ?>) Objects.requireNonNull(row.get(1))).forEach((k, v) -> variables.put((String) k, (String) v));
        Substitution base =
                Boolean.TRUE.equals(row.get(2)) ? Substitution.strict(variables) : Substitution.lenient(variables);
        Substitution substitution = Boolean.TRUE.equals(row.get(3)) ? base.always() : base;

        Supplier<String> result = () -> transformed(substitution, String.valueOf(row.get(0)));

        if ("ok".equals(row.get(4))) {
            assertThat(result.get()).isEqualTo(row.get(5));
        } else {
            assertThatThrownBy(result::get).isInstanceOf(KustomizeException.class);
        }
    }

    @Test
    void makesNumbersAndBooleansOfWhatLooksLikeThem() {
        Substitution substitution = Substitution.strict(Map.of("n", "3", "b", "true", "q", "\"3\"", "t", "3 pods"));

        assertThat(
                        transformed(
                                substitution,
                                "{apiVersion: v1, kind: A, metadata: {name: a}, s: {n: '${n}', b: '${b}', q: '${q}', t: '${t}'}}"))
                .endsWith("s:\n  b: true\n  \"n\": 3\n  q: \"3\"\n  t: 3 pods\n");
    }

    @Test
    void takesLineBreaksOutOfValues() {
        assertThat(transformed(Substitution.strict(Map.of("v", "a\nb\n")), CONFIG_MAP.formatted("${v}")))
                .contains("k: ab\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels", "annotations"})
    void leavesDisabledManifestsAlone(String field) {
        String manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, " + field
                + ": {kustomize.toolkit.fluxcd.io/substitute: disabled}}, data: {k: '${v} ${w'}}";

        assertThat(transformed(Substitution.strict(Map.of("v", "x")), manifest)).contains("k: ${v} ${w\n");
    }

    @Test
    void leavesManifestsWithoutVariablesAsTheyAre() {
        List<Manifest> manifests = ManifestYaml.parse(CONFIG_MAP.formatted("plain"), "a");

        ManifestSet transformed = Substitution.strict(Map.of("v", "x"))
                .transform(ManifestSet.of(Revision.parse("main"), manifests), soon());

        assertThat(transformed.manifests().get(0)).isSameAs(manifests.get(0));
    }

    @Test
    void doesNothingWithoutVariablesUnlessAlways() {
        String manifest = CONFIG_MAP.formatted("${v:=x}");

        assertThat(transformed(Substitution.strict(Map.of()), manifest)).contains("k: ${v:=x}\n");
        assertThat(transformed(Substitution.strict(Map.of()).always(), manifest))
                .contains("k: x\n");
    }

    @Test
    void refusesAMissingVariableWhenStrict() {
        assertThatThrownBy(() -> transformed(Substitution.strict(Map.of("v", "x")), CONFIG_MAP.formatted("${w}")))
                .isInstanceOfSatisfying(
                        KustomizeException.class, e -> assertThat(e.why()).isEqualTo(SUBSTITUTION_FAILED))
                .hasMessage("ConfigMap/settings: variable substitution failed: variable not set (strict mode): \"w\"");
        assertThat(transformed(Substitution.lenient(Map.of("v", "x")), CONFIG_MAP.formatted("a${w}")))
                .contains("k: a\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-b", "1a", "", "a.b", "é", "a "})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> Substitution.strict(Map.of(name, "x")))
                .isInstanceOf(KustomizeException.class)
                .hasMessage("'" + name + "' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2: x: y", "[hunter2", "\"hunter2", "{hunter2: 1, ", "'hunter2", "!!int hunter2"})
    void tellsNoValues(String value) {
        Substitution substitution = Substitution.strict(Map.of("v", value));

        assertThat(substitution.toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> transformed(substitution, CONFIG_MAP.formatted("${v}")))
                .isInstanceOf(KustomizeException.class)
                .satisfies(e -> {
                    var trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString())
                            .contains("what comes out is no YAML")
                            .doesNotContain("hunter2");
                });
    }

    @Test
    void refusesWhatIsNoManifestAnyMore() {
        assertThatThrownBy(() -> transformed(
                        Substitution.strict(Map.of("v", "5")),
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: '${v}'}}"))
                .isInstanceOf(KustomizeException.class)
                .hasMessageContaining("what comes out lacks");
    }

    @Test
    void hearsTheDeadline() {
        List<Manifest> manifests = ManifestYaml.parse(CONFIG_MAP.formatted("plain"), "a");

        assertThatThrownBy(() -> Substitution.strict(Map.of("v", "x"))
                        .transform(ManifestSet.of(Revision.parse("main"), manifests), Deadline.after(Duration.ZERO)))
                .isInstanceOf(DeadlineException.class);
    }

    private static String transformed(Substitution substitution, String manifest) {
        ManifestSet manifests = ManifestSet.of(Revision.parse("main"), ManifestYaml.parse(manifest, "manifest.yaml"));
        return ManifestYaml.write(substitution.transform(manifests, soon()));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
