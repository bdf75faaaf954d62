package io.gitopstoolkit.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final Path CASES = Path.of("src/test/resources/io/gitopstoolkit/apply/plans");

    private static String read(String file) throws IOException {
        return Files.readString(CASES.resolve(file), UTF_8);
    }

    /** The text, which {@code -Dplans.write=true} writes anew for a reviewer to compare. */
    private static String expected(String file, String actual) throws IOException {
        if (Boolean.getBoolean("plans.write")) {
            Files.writeString(CASES.resolve(file), actual, UTF_8);
        }
        return read(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed", "nothing", "hostile"})
    void isWrittenInEachForm(String name) throws IOException {
        Plan plan = Plan.parse(read(name + "/plan.json"));
        assertThat(plan.toJson()).isEqualTo(read(name + "/plan.json"));
        assertThat(plan + "\n").isEqualTo(expected(name + "/plan.txt", plan + "\n"));
        assertThat(plan.toDiff()).isEqualTo(expected(name + "/plan.diff", plan.toDiff()));
        assertThat(plan.toMarkdown()).isEqualTo(expected(name + "/plan.md", plan.toMarkdown()));
    }

    @Test
    void showsAsMuchContextAsAsked() throws IOException {
        Plan plan = Plan.parse(read("mixed/plan.json"));
        assertThat(plan.toDiff(0)).contains("-    worker_processes 1;\n+").doesNotContain("    user nginx;");
        assertThat(plan.toDiff(Integer.MAX_VALUE)).contains(" apiVersion: v1\n kind: ConfigMap\n");
        assertThatIllegalArgumentException().isThrownBy(() -> plan.toDiff(-1));
    }

    @Test
    void hasAnExitCodeLikeKubectlDiff() throws IOException {
        assertThat(Plan.parse(read("mixed/plan.json")).exitCode()).isEqualTo(1);
        assertThat(Plan.parse(read("nothing/plan.json")).exitCode()).isZero();
    }

    @Nested
    class WhenReading {
        private String minimal(String more) {
            return """
                    {"version": 1, "revision": "main", "manifests": "sha256:%1$s", "inventory": "sha256:%1$s",
                     "owner": {"kind": "Delivery", "name": "shop"}%2$s}""".formatted("ab".repeat(32), more);
        }

        @Test
        void leavesOutWhatItDoesNotKnow() {
            Plan plan = Plan.parse(minimal(", \"later\": [1, {\"a\": null}]"));
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.toJson()).doesNotContain("later");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[]                                            | not a plan: not a JSON object",
                    "{\"version\": 2}                              | not a plan: version is 2; this release reads version 1, take another",
                    "{\"version\": \"1\"}                          | not a plan: version is missing, or no number",
                    "{\"version\": 1}                              | not a plan: owner is missing, or no JSON object",
                    "{\"version\": 1, \"owner\": {\"kind\": \"A\"}} | not a plan: owner.name is missing, or no text",
                    "{\"a\": 1, \"a\": 2}                          | not a plan: line 1, column 14: a key appears twice in one object",
                    "{\"a\": 1                                     | not a plan: line 1, column 8, where the text ends: '}' is missing"
                })
        void namesThePlaceOfAnError(String json, String message) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Plan.parse(json))
                    .withMessage(message);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{}                                                                   | steps is no list",
                    "[1]                                                                  | steps[0] is no JSON object",
                    "[{}]                                                                 | steps[0].object is missing, or no JSON object",
                    "[{\"object\": {\"kind\": \"A\", \"name\": \"a\"}, \"apiVersion\": \"v1\", \"action\": \"eaten\"}]"
                            + " | steps[0].action is wrong: one of [created, configured, unchanged, skipped, deleted, failed]",
                    "[{\"object\": {\"kind\": \"A\", \"name\": \"a\"}, \"apiVersion\": \"v1\", \"action\": \"created\", \"after\": {}}]"
                            + " | steps[0].after is no object: a manifest needs kind, a string that is not empty",
                    "[{\"object\": {\"kind\": \"A\", \"name\": \"a\"}, \"apiVersion\": \"v1\", \"action\": \"created\", \"recreated\": 1}]"
                            + " | steps[0].recreated is neither true nor false"
                })
        void namesTheStepOfAnError(String steps, String message) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Plan.parse(minimal(", \"steps\": " + steps)))
                    .withMessage("not a plan: " + message);
        }

        @Test
        void isBoundedInDepth() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Plan.parse("{\"a\":".repeat(100_000)))
                    .withMessageContaining("more than 1000 levels deep");
        }
    }
}
