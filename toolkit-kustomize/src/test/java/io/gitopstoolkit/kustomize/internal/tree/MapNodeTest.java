package io.gitopstoolkit.kustomize.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MapNodeTest {
    private final MapNode map = new MapNode();

    @Test
    void keepsTheOrderOfInsertion() {
        map.put("b", "1");
        map.put("a", "2");
        map.put("b", "3");
        assertThat(map).hasToString("[b, a]");
        assertThat(map.getText("b")).isEqualTo("3");
    }

    @Test
    void renamesInPlace() {
        map.put("a", "1");
        map.put("b", "2");
        map.renameAt(0, "c");
        assertThat(map).hasToString("[c, b]");
        assertThat(map.has("a")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> map.renameAt(0, "b"));
    }

    @Test
    void copiesMapsAndListsButNotScalars() {
        var list = new ListNode();
        list.add(ScalarNode.string("x"));
        map.put("list", list);
        MapNode copy = map.copy();
        list.clear();
        assertThat(copy.find("list")).isEqualTo(ListNode.ofStrings(java.util.List.of("x")));
    }

    @Test
    void isEqualWhateverTheOrder() {
        map.put("a", "1");
        map.put("b", "2");
        var other = new MapNode();
        other.put("b", "2");
        other.put("a", "1");
        assertThat(map).isEqualTo(other).hasSameHashCodeAs(other);
        other.put("a", ScalarNode.integer(1));
        assertThat(map).isNotEqualTo(other);
    }

    @Test
    void makesAMapForAKeyUnlessSomethingElseIsThere() {
        map.put("null", ScalarNode.NULL);
        map.put("text", "x");
        assertThat(map.mapFor("new")).isSameAs(map.get("new"));
        assertThat(map.mapFor("null")).isNotNull();
        assertThat(map.mapFor("text")).isNull();
    }

    @Test
    void showsNoValue() {
        map.put("password", "hunter2");
        assertThat(map.toString() + map.get("password")).doesNotContain("hunter2");
    }

    @Test
    void behavesAsALinkedMapWhateverItsSize() {
        var random = new Random(42);
        var model = new LinkedHashMap<String, Node>();
        for (int i = 0; i < 20_000; i++) {
            String key = "k" + random.nextInt(60);
            if (random.nextInt(3) == 0) {
                assertThat(map.remove(key)).isEqualTo(model.remove(key));
            } else {
                ScalarNode value = ScalarNode.integer(i);
                assertThat(map.put(key, value)).isEqualTo(model.put(key, value));
            }
            assertThat(map.get(key)).isEqualTo(model.get(key));
        }
        assertThat(map).hasToString(model.keySet().toString());
    }
}
