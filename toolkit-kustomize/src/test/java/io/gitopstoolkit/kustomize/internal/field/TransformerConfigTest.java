package io.gitopstoolkit.kustomize.internal.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformerConfigTest {
    @ParameterizedTest
    @EnumSource
    void hasTheBuiltinFieldsInTheOrderThatAMergeGivesThem(Topic topic) {
        TransformerConfig merged = TransformerConfig.of(Map.of(), Map.of()).merge(TransformerConfig.DEFAULT);
        assertThat(TransformerConfig.DEFAULT.fields(topic)).isEqualTo(merged.fields(topic));
    }
}
