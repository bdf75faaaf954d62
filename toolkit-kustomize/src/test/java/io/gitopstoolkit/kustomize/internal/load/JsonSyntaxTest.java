package io.gitopstoolkit.kustomize.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                " [ 1 , -2.5e+3 , 0 ] ",
                "[{\"op\": \"add\", \"value\": {\"a\": [true, false, null]}}]",
                "[\"a\\\"b\\\\\", \"\\u00e9\"]"
            })
    void acceptsJson(String text) {
        assertThat(JsonSyntax.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[", "[a]", "[1,]", "[{op: add}]", "['a']", "[01]", "[1] x", "[\"a]", "{\"a\" 1}", "[\"\t\"]"
            })
    void refusesWhatIsYamlAlone(String text) {
        assertThat(JsonSyntax.isValid(text)).isFalse();
    }

    @Test
    void endsAtTheLimitOfDepth() {
        assertThat(JsonSyntax.isValid("[".repeat(100_000))).isFalse();
    }
}
