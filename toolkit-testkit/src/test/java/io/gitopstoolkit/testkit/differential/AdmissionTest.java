package io.gitopstoolkit.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Webhooks and policies are asked before objects are stored; {@link AdmissionIT} has the same of the real server. */
class AdmissionTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/{ns}/configmaps";

    static Exchange creation(String name) {
        String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"a\":\"b\"}}";
        return new Exchange("POST", CONFIG_MAPS + "?dryRun=All", "application/json", body);
    }

    @ParameterizedTest
    @MethodSource("io.gitopstoolkit.testkit.differential.AdmissionCase#all")
    void answersForWhatIsRegistered(AdmissionCase given) throws Exception {
        try (var kubernetes = EmbeddedKubernetes.start();
                var hook = new AdmissionHook()) {
            for (Exchange one : given.registration(hook)) {
                assertThat(Answer.of(kubernetes.client(), one.in("default")).status())
                        .isEqualTo(201);
            }

            Answer answer = Answer.of(kubernetes.client(), creation("c").in("default"));

            assertThat(Json.print(answer.body())).contains(given.answer().replace("{ns}", "default"));
            assertThat(answer.status()).isEqualTo(given.status());
        }
    }

    @Test
    void webhooksSeeTheRequest() throws Exception {
        try (var kubernetes = EmbeddedKubernetes.start();
                var hook = new AdmissionHook()) {
            KubernetesClient client = kubernetes.client();
            var all = new AdmissionCase("all", "Validating", "/allow", 201, "");
            for (Exchange one : all.registration(hook)) {
                Answer.of(client, one.in("default"));
            }

            Answer.of(client, creation("c").in("default"));

            assertThat(hook.requests()).hasSize(1);
            Map<String, Object> request = hook.requests().get(0);
            assertThat(request)
                    .containsEntry("operation", "CREATE")
                    .containsEntry("namespace", "default")
                    .containsEntry("name", "c")
                    .containsEntry("dryRun", true)
                    .containsEntry("oldObject", null);
            assertThat(Tree.text(request, "object", "metadata", "uid")).isNotEmpty();
            assertThat(Tree.textsAt(request, "options", "dryRun")).isEqualTo(List.of("All"));
        }
    }

    @Test
    void otherRequestsAreAnsweredWhileAWebhookThinks() throws Exception {
        try (var kubernetes = EmbeddedKubernetes.start();
                var hook = new AdmissionHook()) {
            KubernetesClient client = kubernetes.client();
            var all = new AdmissionCase("all", "Validating", "/allow", 201, "");
            for (Exchange one : all.registration(hook)) {
                Answer.of(client, one.in("default"));
            }
            hook.during(() ->
                    assertThat(client.namespaces().withName("default").get()).isNotNull());

            assertThat(Answer.of(client, creation("c").in("default")).status()).isEqualTo(201);
            assertThat(hook.failure()).isNull();
        }
    }
}
