package io.gitopstoolkit.kustomize.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private final YamlReader reader = new YamlReader(YamlLimits.DEFAULT);

    @Nested
    class WithLimits {
        private final YamlReader strict = new YamlReader(new YamlLimits(1000, 10, 100));

        @Test
        void refusesLargeFiles() {
            assertRefused("a: " + "x".repeat(1000), "large.yaml: larger than the limit of 1000 bytes");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[", "{a: "})
        void refusesDeepFiles(String opening) {
            assertRefused("a: " + opening.repeat(100), "more than the limit of 10 levels deep");
        }

        @Test
        void refusesAliasesThatExplode() {
            var bomb = new StringBuilder("a0: &a0 [x, x, x]\n");
            for (int i = 1; i < 12; i++) {
                bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
            }
            assertRefused(bomb.toString(), "large.yaml:5:10: aliases add more than the limit of 100 nodes");
        }

        @Test
        void refusesMergeKeysThatExplode() {
            var bomb = new StringBuilder("a0: &a0 {x: [1, 2, 3]}\n");
            for (int i = 1; i < 25; i++) {
                bomb.append("a" + i + ": &a" + i + " {<<: *a" + (i - 1) + ", k" + i + ": 1}\n");
            }
            assertRefused(bomb.toString(), "aliases add more than the limit of 100 nodes");
        }

        private void assertRefused(String text, String message) {
            assertThatThrownBy(() -> strict.readResources(text, "large.yaml"))
                    .isInstanceOfSatisfying(
                            KustomizeException.class, e -> assertThat(e.why()).isEqualTo(Reason.LIMIT_EXCEEDED))
                    .hasMessageContaining(message);
        }
    }

    @Nested
    class OfAConfiguration {
        @Test
        void readsYaml11() {
            assertThat(plain("{a: yes, b: off, c: 2020-01-01, d: 010, 1: x, on: w, 1.5: z}"))
                    .isEqualTo(Map.of(
                            "a", true, "b", false, "c", "2020-01-01", "d", 8L, "1", "x", "true", "w", "1.5", "z"));
        }

        @Test
        void takesTheLastOfTwoEqualKeys() {
            assertThat(plain("{a: 1, a: 2}")).isEqualTo(Map.of("a", 2L));
        }

        @Test
        void readsTheFirstDocument() {
            assertThat(plain("a: 1\n---\nb: 2\n")).isEqualTo(Map.of("a", 1L));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "# nothing\n", "---\n# nothing\n"})
        void isNothingInAnEmptyFile(String text) {
            var node = reader.readOne(text, "kustomization.yaml", Dialect.CONFIGURATION);
            assertThat(node == null || node.isNull()).isTrue();
        }

        private Object plain(String text) {
            var node = reader.readOne(text, "kustomization.yaml", Dialect.CONFIGURATION);
            assertThat(node).isInstanceOf(MapNode.class);
            return node == null ? Map.of() : ((MapNode) node).toPlain();
        }
    }

    @Test
    void findsTheLineInLaterDocuments() {
        assertThatThrownBy(() -> reader.readResources("a: 1\n---\nb: 1\nc: [\n", "two.yaml"))
                .hasMessageStartingWith("two.yaml:5:1: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: hunter2\npassword: hunter2\n",
                "data: {password: hunter2, x: [hunter2\n",
                "password: \"hunter2\n",
                "hunter2: &a [*a]\n",
                "password: !!int hunter2\n",
                "password: *hunter\n",
                "password: hunter2: hunter2\n",
                "data:\n  password: hunter2\n hunter2\n",
                "? [hunter2]\n: x\n",
                "password: !!binary \"hunter2\\x01\"\n",
                "password: @hunter2\n",
                "- hunter2\n",
                "hunter2\n",
                "a: b\n--- hunter2\n",
                "password: hunter2\u0001\n",
                "password: \"hunter2\\q\"\n",
                "%hunter2\n",
                "password: |hunter2\n  x\n"
            })
    void namesNoValueInItsMessages(String text) {
        var e = catchThrowableOfType(KustomizeException.class, () -> reader.readResources(text, "secret.yaml"));
        assertThat(e).isNotNull();
        assertThat(e.getMessage())
                .startsWith("secret.yaml")
                .doesNotContain("hunter2")
                .hasLineCount(1);
        assertThat(e.getCause()).isNull();
    }

    @Test
    void reportsEachDocumentInOrder() {
        List<MapNode> documents = reader.readResources("a: 1\n---\n---\nb: 2\n--- # c\nc: 3", "x");
        assertThat(documents.stream().map(MapNode::toString)).isEqualTo(Arrays.asList("[a]", "[b]", "[c]"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 9})
    void refusesControlCharactersWhereverTheyStand(int position) {
        byte[] content = "a: b\nc: d".getBytes(StandardCharsets.UTF_8);
        for (int control : new int[] {0, 1, 0x1F, 0x7F, 0xFF, 0xC3, 0xF0}) {
            byte[] bad = content.clone();
            bad[Math.min(position, content.length - 1)] = (byte) control;
            assertThatThrownBy(() -> reader.readResources(bad, "binary"))
                    .isInstanceOf(KustomizeException.class)
                    .hasMessageContaining("binary:");
        }
    }
}
