package io.gitopstoolkit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gitopstoolkit.apply.ApplyException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeconfigTest {
    private static final String CLUSTER = "server: https://example.org, certificate-authority-data: Q0E=";
    private static final String USER = "token: planted-secret";
    private final Kubeconfig kubeconfig = new Kubeconfig("Secret/apps/k", new KubernetesSerialization());

    private static String text(String cluster, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: there
                contexts:
                  - {name: here, context: {cluster: x, user: y}}
                  - {name: there, context: {cluster: c, user: u, namespace: apps}}
                clusters: [{name: c, cluster: {%s}}]
                users:
                  - {name: y, user: {exec: {command: rm}}}
                  - {name: u, user: {%s}}
                """.formatted(cluster, user);
    }

    private Failure failure(String text) {
        Failure failure = catchThrowableOfType(Failure.class, () -> kubeconfig.config(text));
        assertThat(failure.why()).isEqualTo(Reason.KUBECONFIG_REFUSED);
        assertThat(failure)
                .hasMessageStartingWith("Secret/apps/k: the kubeconfig ")
                .hasMessageNotContaining("planted-secret");
        assertThat(failure.getCause()).isNull();
        return failure;
    }

    @Test
    void readsTheCurrentContextAndNothingElse() {
        var config = kubeconfig.config(text(CLUSTER, USER));
        assertThat(config.getMasterUrl()).startsWith("https://example.org");
        assertThat(config.getCaCertData()).isEqualTo("Q0E=");
        assertThat(config.getOauthToken()).isEqualTo("planted-secret");
        assertThat(config.getNamespace()).isEqualTo("apps");
        assertThat(config.isTrustCerts()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "exec: {command: rm}, would run a command (exec)",
        "auth-provider: {name: gcp}, would run a command (auth-provider)",
        "tokenFile: /var/token, names a file (tokenFile)",
        "client-key: /etc/key, names a file (client-key)",
        "client-certificate: /etc/crt, names a file (client-certificate)"
    })
    void refusesAUserThatReachesBeyondIt(String user, String said) {
        assertThat(failure(text(CLUSTER, user + ", " + USER))).hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        "certificate-authority: /etc/ca, names a file (certificate-authority)",
        "insecure-skip-tls-verify: true, would trust any server (insecure-skip-tls-verify)",
        "proxy-url: 'http://proxy', has the field proxy-url",
        "tls-server-name: other, has the field tls-server-name"
    })
    void refusesAClusterThatCannotBeTrusted(String cluster, String said) {
        assertThat(failure(text(CLUSTER + ", " + cluster, USER))).hasMessageContaining(said);
    }

    @Test
    void refusesWhatIsNoKubeconfig() {
        assertThat(failure("planted-secret: [")).hasMessageContaining("is no YAML");
        assertThat(failure("planted-secret")).hasMessageContaining("is no kubeconfig");
        assertThat(failure("users: []")).hasMessageContaining("has no current-context");
        assertThat(failure(text(CLUSTER, USER).replace("{name: u,", "{name: other,")))
                .hasMessageContaining("has no entry of its current context in users");
        assertThat(failure(text("a: b", USER))).hasMessageContaining("has no server");
    }
}
