package io.gitopstoolkit.testkit.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.testkit.internal.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
    private static final @Nullable Object OBJECT = Json.parse("""
            {"spec":{"n":3,"a.b":"dotted","items":[{"name":"one","on":true},{"name":"two","on":false}],"map":{"k":"v"}}}""");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".spec.n | [3]",
                ".spec.nothing.more | []",
                ".spec['a.b'] | [\"dotted\"]",
                ".spec.a\\.b | [\"dotted\"]",
                ".spec.items[0].name | [\"one\"]",
                ".spec.items[-1].name | [\"two\"]",
                ".spec.items[7].name | []",
                ".spec.items[*].name | [\"one\",\"two\"]",
                ".spec.items[?(@.name==\"two\")].on | [false]",
                ".spec.items[?(@.on==true)].name | [\"one\"]",
                ".spec.items[?(@.name!='two')].name | [\"one\"]",
                "$.spec.map.k | [\"v\"]",
                "spec | []",
            })
    void findsWhatThePathLeadsTo(String path, String found) {
        assertThat(Json.print(JsonPath.find(OBJECT, path))).isEqualTo(found);
    }
}
