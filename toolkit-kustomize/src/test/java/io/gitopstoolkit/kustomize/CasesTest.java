package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CasesTest {
    static List<Cases.Case> cases() {
        return Cases.all();
    }

    @Test
    void thereAreMany() {
        assertThat(cases()).hasSizeGreaterThan(150);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void rendersWhatTheReferencePrinted(Cases.Case example) throws IOException {
        Cases.Outcome expected = example.expected();
        Cases.Outcome rendered = example.rendered();
        if (expected.accepted()) {
            assertThat(rendered.yaml()).as(rendered.error()).isEqualTo(expected.yaml());
        } else {
            assertThat(rendered.yaml())
                    .as("the reference says: " + expected.error())
                    .isNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void manifestsHoldWhatIsPrinted(Cases.Case example) {
        Cases.Outcome manifests = Cases.Outcome.ofManifests(KustomizeRenderer.at(example.start()), example.input());
        if (!manifests.error().contains("none of Kubernetes")) {
            assertThat(manifests).isEqualTo(example.rendered());
        }
    }
}
