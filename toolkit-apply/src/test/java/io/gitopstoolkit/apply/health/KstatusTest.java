package io.gitopstoolkit.apply.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.internal.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The same objects judged by kstatus 0.37 and by us. Each line of {@code kstatus.jsonl} is one object with the state and
 * the message that kstatus gave; {@code -Dkstatus.vectors=<file>} names another file of the same form.
 */
class KstatusTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private static List<String> lines() throws IOException {
        String other = System.getProperty("kstatus.vectors", "");
        if (!other.isEmpty()) {
            return Files.readAllLines(Path.of(other), StandardCharsets.UTF_8);
        }
        try (var in = KstatusTest.class.getResourceAsStream("kstatus.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private record Vector(Manifest object, String state, String message) {
        static Vector parse(String line) {
            Map<String, @Nullable Object> read = Tree.cast(JSON.unmarshal(line, Map.class));
            return new Vector(
                    new Manifest(Tree.map(read, "object")),
                    Tree.text(read, "", "state"),
                    Tree.text(read, "", "message"));
        }

        /** Whether kstatus says what we do not say on purpose: the list in the Javadoc of the check. */
        boolean differsOnPurpose(Health ours) {
            String kind = object.kind();
            return switch (kind) {
                case "Job" ->
                    message.equals("Job not started") || message.startsWith("Job in progress") || isSuspended();
                case "StatefulSet", "ReplicaSet" -> ours.message().endsWith("has no status yet");
                case "Pod" ->
                    message.equals("Pod has completed, but not successfully")
                            || message.equals("Pod could not be scheduled")
                            || ours.message().contains("i0");
                default -> false;
            };
        }

        private boolean isSuspended() {
            return Boolean.TRUE.equals(Tree.at(object.content(), "spec", "suspend"));
        }
    }

    private static String differences(Vector vector) {
        Health ours = HealthChecks.kstatus().check(vector.object());
        boolean sameState = vector.state().equals("error")
                ? ours.state() == State.IN_PROGRESS || hasOddGeneration(vector.object())
                : ours.state().toString().equals(vector.state());
        boolean sameMessage = vector.message().isEmpty() || ours.message().equals(vector.message());
        return (sameState && sameMessage) || vector.differsOnPurpose(ours)
                ? ""
                : vector.state() + " (" + vector.message() + ") but " + ours + ": "
                        + vector.object().content();
    }

    private static boolean hasOddGeneration(Manifest object) {
        return Tree.at(object.content(), "status", "observedGeneration") instanceof String;
    }

    @Test
    void judgesAsKstatusDoes() throws IOException {
        List<Vector> vectors = lines().stream().map(Vector::parse).toList();
        assertThat(vectors).hasSizeGreaterThan(250);
        Stream<String> differences = vectors.stream().map(KstatusTest::differences);
        assertThat(differences.filter(text -> !text.isEmpty())).isEmpty();
    }
}
