package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommonMetadataTest {
    @Test
    void replacesWhatHasTheSameNameAndKeepsTheRest() {
        String manifest =
                "{apiVersion: v1, kind: A, metadata: {name: a, labels: {keep: x, team: old}}, spec: {template:"
                        + " {metadata: {labels: {app: a}}}}}";

        assertThat(changed(new CommonMetadata(Map.of("team", "new"), Map.of("note", "n")), manifest))
                .isEqualTo("""
                        apiVersion: v1
                        kind: A
                        metadata:
                          annotations:
                            note: "n"
                          labels:
                            keep: x
                            team: new
                          name: a
                        spec:
                          template:
                            metadata:
                              labels:
                                app: a
                        """);
    }

    @Test
    void changesNothingWhereThereIsNone() {
        String manifest = "apiVersion: v1\nkind: A\nmetadata:\n  name: a\n";

        assertThat(changed(new CommonMetadata(Map.of(), Map.of()), manifest)).isEqualTo(manifest);
    }

    private static String changed(CommonMetadata metadata, String manifest) {
        ManifestSet manifests = ManifestSet.of(Revision.parse("main"), ManifestYaml.parse(manifest, "a.yaml"));
        return ManifestYaml.write(metadata.transform(manifests, Deadline.after(Duration.ofSeconds(20))));
    }
}
