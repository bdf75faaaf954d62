package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected outputs are what the reference prints today. */
@Tag("cluster")
class CasesIT {
    static List<Cases.Case> cases() {
        return Cases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void expectationIsWhatTheReferencePrints(Cases.Case example) throws IOException, InterruptedException {
        Cases.Outcome expected = example.expected();
        ReferenceKustomize.Result result =
                ReferenceKustomize.build(example.input().resolve(example.start()));
        assertThat(result.accepted()).as(result.error()).isEqualTo(expected.accepted());
        if (expected.accepted()) {
            assertThat(result.output()).isEqualTo(expected.yaml());
        }
    }
}
