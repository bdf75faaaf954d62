package io.gitopstoolkit.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.EmbeddedKubeApi;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real server once answered, the embedded one answers. */
@EmbeddedKubeApi
class RecordedAnswersTest {
    @ParameterizedTest
    @MethodSource("io.gitopstoolkit.testkit.differential.Scenarios#names")
    void answersAsTheRealServerDid(String scenario, KubernetesClient client) throws Exception {
        List<Exchange> exchanges = Scenarios.exchanges(scenario);
        List<Answer> answers = Differential.answers(client, "scenario", exchanges);

        assertThat(Differential.differences(exchanges, Scenarios.recorded(scenario), answers))
                .isEmpty();
    }
}
