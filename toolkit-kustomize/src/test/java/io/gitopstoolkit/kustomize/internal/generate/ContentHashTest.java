package io.gitopstoolkit.kustomize.internal.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import org.junit.jupiter.api.Test;

/** The expected hashes are those of kustomize 5.8.1. */
class ContentHashTest {
    @Test
    void hashesConfigMaps() {
        MapNode map = read("""
                kind: ConfigMap
                data: {x: "1", y: "<&>\\u2028\\u00e9\\U0001F600\\"\\\\"}
                """);
        assertThat(ContentHash.of(map)).isEqualTo("cmhg826htf");
    }

    @Test
    void hashesConfigMapsWithoutData() {
        assertThat(ContentHash.of(read("kind: ConfigMap"))).isEqualTo("6ct58987ht");
    }

    @Test
    void hashesSecretsWithTheirType() {
        assertThat(ContentHash.of(read("{kind: Secret, type: Opaque, data: {x: MQ==}}")))
                .isEqualTo("bf2648c599");
        assertThat(ContentHash.of(read("{kind: Secret, type: foo, data: {x: MQ==}}")))
                .isEqualTo("h4959cm646");
    }

    @Test
    void doesNotDependOnTheNameOrTheOrderOfKeys() {
        assertThat(ContentHash.of(read("{kind: ConfigMap, metadata: {name: a}, data: {x: '1', a: '2'}}")))
                .isEqualTo(ContentHash.of(read("{data: {a: '2', x: '1'}, metadata: {name: b}, kind: ConfigMap}")));
    }

    @Test
    void hasNoHashForOtherKinds() {
        assertThat(ContentHash.of(read("kind: Deployment"))).isNull();
    }

    private static MapNode read(String yaml) {
        return new YamlReader(YamlLimits.DEFAULT).readResources(yaml, "test").get(0);
    }
}
