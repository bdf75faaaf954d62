package io.gitopstoolkit.kustomize.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamlRoundTripTest {
    private static final YamlReader READER = new YamlReader(YamlLimits.DEFAULT);

    @Test
    void readsBackWhatItWrites() {
        long seed = Long.getLong("test.seed", 1);
        var random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            MapNode tree = map(random, 4);
            String yaml = YamlWriter.write(List.of(tree));
            List<MapNode> read = READER.readResources(yaml, "written");
            assertThat(read).as("-Dtest.seed=%d, round %d:%n%s", seed, i, yaml).hasSize(1);
            assertThat(read.get(0).toPlain())
                    .as("-Dtest.seed=%d, round %d:%n%s", seed, i, yaml)
                    .isEqualTo(tree.toPlain());
            assertThat(YamlWriter.write(read)).isEqualTo(yaml);
        }
    }

    @Test
    void writesTheSameWhateverTheOrderOfKeys() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            MapNode tree = map(random, 3);
            var reversed = new MapNode();
            for (int k = tree.size() - 1; k >= 0; k--) {
                reversed.put(tree.keyAt(k), tree.valueAt(k));
            }
            assertThat(YamlWriter.write(List.of(reversed))).isEqualTo(YamlWriter.write(List.of(tree)));
        }
    }

    private static Node node(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> ScalarNode.integer(random.nextLong() >> random.nextInt(64));
            case 1 -> ScalarNode.bool(random.nextBoolean());
            case 2 -> ScalarNode.NULL;
            case 4 -> map(random, depth - 1);
            case 5 -> list(random, depth - 1);
            default -> ScalarNode.string(text(random));
        };
    }

    private static MapNode map(Random random, int depth) {
        var map = new MapNode();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            map.put(key(random), node(random, depth));
        }
        return map;
    }

    private static ListNode list(Random random, int depth) {
        var list = new ListNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(node(random, depth));
        }
        return list;
    }

    /** The key that kustomize drops is none to test with. */
    private static String key(Random random) {
        String key = random.nextInt(4) > 0 ? "k" + random.nextInt(30) : text(random);
        return key.equals("<<") ? "k" : key;
    }

    /**
     * Without the line separators of Unicode: a parser of YAML 1.2 reads them as letters, one of 1.1 as line breaks. And
     * without {@code 0o-2}, which kustomize writes bare and reads as a number.
     */
    private static String text(Random random) {
        String text = TrickyText.random(random).replace('\u2028', ' ').replace('\u2029', ' ');
        return text.startsWith("0o-") || text.startsWith("0o+") ? "word" : text;
    }
}
