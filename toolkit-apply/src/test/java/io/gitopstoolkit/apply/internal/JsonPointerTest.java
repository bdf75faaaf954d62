package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonPointerTest {
    private static final Map<String, @Nullable Object> TREE =
            Map.of("a/b", Map.of("m~n", 1), "list", List.of("zero", Map.of("x", "one"), "two"));

    @Test
    void readsEscapedKeysAndIndexes() {
        assertThat(JsonPointer.parse("/a~1b/m~0n").in(TREE)).contains(1);
        assertThat(JsonPointer.parse("/list/1/x").in(TREE)).contains("one");
        assertThat(JsonPointer.parse("/list/3").in(TREE)).isEmpty();
        assertThat(JsonPointer.parse("/list/01").in(TREE)).isEmpty();
        assertThat(JsonPointer.parse("/none/x").in(TREE)).isEmpty();
    }

    @Test
    void replacesAndRemovesWhatIsThere() {
        assertThat(JsonPointer.parse("/a~1b/m~0n").put(TREE, 2)).containsEntry("a/b", Map.of("m~n", 2));
        assertThat(JsonPointer.parse("/list/0").put(TREE, null))
                .containsEntry("list", List.of(Map.of("x", "one"), "two"));
        assertThat(JsonPointer.parse("/list/1/x").put(TREE, null))
                .containsEntry("list", List.of("zero", Map.of(), "two"));
        assertThat(JsonPointer.parse("/none/x").put(TREE, 1)).isEqualTo(TREE);
    }

    @Test
    void ordersIndexesByNumber() {
        assertThat(JsonPointer.parse("/a/9")).isLessThan(JsonPointer.parse("/a/10"));
        assertThat(JsonPointer.parse("/a")).isLessThan(JsonPointer.parse("/a/0"));
    }
}
