package io.gitopstoolkit.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.KubeApi;
import io.gitopstoolkit.testkit.internal.json.Json;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real server answers to what is registered as {@link AdmissionTest} expects of the embedded one. */
@KubeApi
class AdmissionIT {
    @ParameterizedTest
    @MethodSource("io.gitopstoolkit.testkit.differential.AdmissionCase#all")
    void answersForWhatIsRegistered(AdmissionCase given, KubernetesClient client) throws Exception {
        String namespace = "admission-" + Long.toString(System.nanoTime(), 36);
        Exchange holder = new Exchange(
                "POST",
                "/api/v1/namespaces",
                "application/json",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"{ns}\"}}");
        Answer.of(client, holder.in(namespace));
        try (var hook = new AdmissionHook()) {
            for (Exchange one : given.registration(hook)) {
                assertThat(Answer.of(client, one.in(namespace)).status()).isEqualTo(201);
            }

            Answer answer = settled(given, namespace, client);

            assertThat(Json.print(answer.body())).contains(given.answer().replace("{ns}", namespace));
            assertThat(answer.status()).isEqualTo(given.status());
            for (Exchange one : given.registration(hook)) {
                Answer.of(client, new Exchange("DELETE", one.path() + "/" + namespace, one.contentType(), ""));
            }
        }
    }

    /** What is registered takes a moment to be heard of. */
    private static Answer settled(AdmissionCase given, String namespace, KubernetesClient client) throws Exception {
        Deadline deadline = Deadline.after(Duration.ofSeconds(20));
        Answer answer = Answer.of(client, AdmissionTest.creation("c").in(namespace));
        boolean changesNothing = given.status() == 201 && given.kind().equals("Mutating");
        while (deadline.remaining().compareTo(Duration.ofSeconds(2)) > 0
                && (answer.status() != given.status()
                        || (changesNothing && !Json.print(answer.body()).contains(given.answer())))) {
            deadline.pause(Duration.ofMillis(100), "hear of what is registered");
            answer = Answer.of(client, AdmissionTest.creation("c").in(namespace));
        }
        return answer;
    }
}
