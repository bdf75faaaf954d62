package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplyOrderTest {
    private static ObjectRef ref(String text) {
        String[] parts = text.split("/", -1);
        return new ObjectRef(parts[0], parts[1], parts[2], parts[3]);
    }

    @Test
    void putsWhatOthersNeedFirstAndWebhooksLast() {
        List<ObjectRef> ordered = Arrays.stream(new String[] {
                    "apiextensions.k8s.io/CustomResourceDefinition//widgets.example.org",
                    "/Namespace//apps",
                    "rbac.authorization.k8s.io/ClusterRole//reader",
                    "scheduling.k8s.io/PriorityClass//high",
                    "storage.k8s.io/StorageClass//fast",
                    "networking.k8s.io/IngressClass//nginx",
                    "rbac.authorization.k8s.io/ClusterRoleBinding//reader",
                    "/ServiceAccount/apps/web",
                    "rbac.authorization.k8s.io/Role/apps/web",
                    "rbac.authorization.k8s.io/RoleBinding/apps/web",
                    "/ConfigMap/apps/a",
                    "/ConfigMap/apps/b",
                    "/ConfigMap/base/a",
                    "/Secret/apps/a",
                    "/Service/apps/web",
                    "apps/Deployment/apps/web",
                    "apps/StatefulSet/apps/db",
                    "batch/CronJob/apps/report",
                    "policy/PodDisruptionBudget/apps/web",
                    "apps/DaemonSet/apps/agent",
                    "example.org/Widget/apps/w",
                    "networking.k8s.io/Ingress/apps/web",
                    "admissionregistration.k8s.io/MutatingWebhookConfiguration//m",
                    "admissionregistration.k8s.io/ValidatingWebhookConfiguration//v",
                })
                .map(ApplyOrderTest::ref)
                .toList();
        var shuffled = new java.util.ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(42));
        shuffled.sort(ApplyOrder.COMPARATOR);
        assertThat(shuffled).isEqualTo(ordered);
    }

    /** The file is what sort.go of Flux's ssa 0.82.0 made of random objects: group, kind, namespace and name. */
    @Test
    void isTheOrderOfFlux() throws java.io.IOException {
        List<ObjectRef> ordered;
        try (var file = ApplyOrderTest.class.getResourceAsStream("order-of-flux.txt")) {
            ordered = new String(
                            java.util.Objects.requireNonNull(file).readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\\|", -1))
                    .map(parts -> new ObjectRef(parts[0], parts[1], parts[2], parts[3]))
                    .toList();
        }
        var shuffled = new java.util.ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.sort(ApplyOrder.COMPARATOR);
        assertThat(shuffled).isEqualTo(ordered).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "CustomResourceDefinition, DEFINITIONS",
        "Namespace, DEFINITIONS",
        "ClusterRole, DEFINITIONS",
        "StorageClass, CLASSES",
        "GatewayClass, CLASSES",
        "MyOwnClass, CLASSES",
        "ClusterRoleBinding, REST",
        "Deployment, REST",
        "MutatingWebhookConfiguration, REST",
    })
    void hasThreeStages(String kind, Stage stage) {
        assertThat(Stage.of(kind)).isEqualTo(stage);
    }
}
