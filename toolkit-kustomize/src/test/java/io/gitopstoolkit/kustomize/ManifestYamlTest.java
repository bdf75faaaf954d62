package io.gitopstoolkit.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.api.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestYamlTest {
    private static final String YAML = """
            apiVersion: v1
            data:
              big: 12345678901234567890
              flag: "yes"
              text: |
                one
                two
            kind: ConfigMap
            metadata:
              name: a
            ---
            apiVersion: v1
            kind: Namespace
            metadata:
              name: b
            """;

    @Test
    void readsBackWhatItWrites() {
        List<Manifest> manifests = ManifestYaml.parse(YAML, "test.yaml");
        assertThat(manifests).extracting(Manifest::kind).containsExactly("ConfigMap", "Namespace");
        assertThat(ManifestYaml.write(manifests)).isEqualTo(YAML);
    }

    @Test
    void writesNothingForNoManifest() {
        assertThat(ManifestYaml.write(List.of())).isEmpty();
        assertThat(ManifestYaml.parse("# nothing\n", "test.yaml")).isEmpty();
    }

    @Test
    void writesFloatsWithoutAFractionAsWholeNumbers() {
        var manifest = new Manifest(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Thing",
                "metadata",
                Map.of("name", "a"),
                "spec",
                Map.of("x", 1e6, "y", 0.5)));
        assertThat(ManifestYaml.write(List.of(manifest))).endsWith("spec:\n  x: 1000000\n  \"y\": 0.5\n");
    }

    @Test
    void refusesWhatIsNoManifest() {
        assertThatThrownBy(() -> ManifestYaml.parse(YAML + "---\nkind: Thing\n", "test.yaml"))
                .isInstanceOf(KustomizeException.class)
                .hasMessageStartingWith("test.yaml: document 3: ");
    }
}
