package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldSetsTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final Map<String, @Nullable Object> OBJECT = json(
            "{'spec': {'replicas': 2, 'items': [{'name': 'a', 'port': 80}, {'name': 'b', 'port': 81}], 'set': ['x']}}");

    private static Map<String, @Nullable Object> json(String text) {
        return Tree.cast(JSON.unmarshal(text.replace('\'', '"'), Map.class));
    }

    @Test
    void unitesWhatTwoManagersHold() {
        assertThat(FieldSets.union(
                        json("{'f:a': {'f:b': {}}, 'f:c': {}}"), json("{'f:a': {'f:d': {}}, 'f:c': {'f:e': {}}}")))
                .isEqualTo(json("{'f:a': {'f:b': {}, 'f:d': {}}, 'f:c': {'f:e': {}, '.': {}}}"));
    }

    @Test
    void findsFieldsItemsAndValues() {
        var fields = json("""
                {"f:spec": {"f:replicas": {}, "f:items": {"k:{\\"name\\":\\"b\\"}": {"f:port": {}}},
                "f:set": {"v:\\"x\\"": {}}}}
                """);
        assertThat(FieldSets.holds(fields, List.of("spec", "replicas"), OBJECT)).isTrue();
        assertThat(FieldSets.holds(fields, List.of("spec", "items", "1", "port"), OBJECT))
                .isTrue();
        assertThat(FieldSets.holds(fields, List.of("spec", "items", "0", "port"), OBJECT))
                .isFalse();
        assertThat(FieldSets.holds(fields, List.of("spec", "set", "0"), OBJECT)).isTrue();
        assertThat(FieldSets.holds(fields, List.of("spec", "other"), OBJECT)).isFalse();
        assertThat(FieldSets.holds(json("{'f:spec': {}}"), List.of("spec", "replicas"), OBJECT))
                .as("the whole spec")
                .isTrue();
    }

    @Test
    void takesFieldsOut() {
        var fields = json("""
                {"f:spec": {"f:items": {"k:{\\"name\\":\\"b\\",\\"port\\":81}": {"f:port": {}}}}, "f:x": {}}
                """);
        assertThat(FieldSets.without(fields, List.of("spec", "items", "1", "port"), OBJECT))
                .isEqualTo(json("{'f:x': {}}"));
        assertThat(FieldSets.without(fields, List.of("spec", "items", "0"), OBJECT))
                .isEqualTo(fields);
    }
}
