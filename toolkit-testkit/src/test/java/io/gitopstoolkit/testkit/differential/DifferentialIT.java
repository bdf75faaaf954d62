package io.gitopstoolkit.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.KubeApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The embedded API against the real one. With {@code -Dtestkit.answers.write=<directory>} the answers of the real one to
 * the hand-written scenarios are written there, for {@link RecordedAnswersTest}.
 */
@KubeApi
class DifferentialIT {
    private static @Nullable EmbeddedKubernetes embedded;

    @BeforeAll
    static void start() {
        embedded = EmbeddedKubernetes.start();
    }

    @AfterAll
    static void stop() {
        if (embedded != null) {
            embedded.close();
        }
    }

    private static KubernetesClient subject() {
        if (embedded == null) {
            throw new IllegalStateException("not started");
        }
        return embedded.client();
    }

    @ParameterizedTest
    @MethodSource("io.gitopstoolkit.testkit.differential.Scenarios#names")
    void answersScenariosAlike(String scenario, KubernetesClient truth) throws Exception {
        List<Exchange> exchanges = Scenarios.exchanges(scenario);
        String namespace = "diff-" + Long.toString(System.nanoTime(), 36);
        List<Answer> expected = Differential.answers(truth, namespace, exchanges);
        write(scenario, expected);

        assertThat(Differential.differences(exchanges, expected, Differential.answers(subject(), namespace, exchanges)))
                .isEmpty();
    }

    private static void write(String scenario, List<Answer> answers) throws Exception {
        String directory = System.getProperty("testkit.answers.write");
        if (directory != null) {
            Files.writeString(Path.of(directory, scenario + ".answers"), Scenarios.recording(answers));
        }
    }
}
