package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestTest {
    @Nested
    class Identity {
        @Test
        void isReadFromTheContent() {
            Manifest manifest = new Manifest(Map.of(
                    "apiVersion", "apps/v1",
                    "kind", "Deployment",
                    "metadata", Map.of("name", "web", "namespace", "shop")));
            assertThat(manifest.ref()).isEqualTo(new ObjectRef("apps", "Deployment", "shop", "web"));
            assertThat(manifest.apiVersion()).isEqualTo("apps/v1");
            assertThat(manifest.kind()).isEqualTo("Deployment");
            assertThat(manifest).hasToString("Manifest[Deployment/shop/web]");
        }

        @Test
        void hasNoNamespaceWhereThatIsNull() {
            var metadata = new HashMap<String, @Nullable Object>();
            metadata.put("name", "a");
            metadata.put("namespace", null);
            assertThat(manifest("metadata", metadata).ref().namespace()).isEmpty();
        }

        @Test
        void isRequired() {
            Map<String, Object> whole =
                    Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", "a"));
            for (String field : List.of("kind", "metadata")) {
                var rest = new HashMap<>(whole);
                rest.remove(field);
                assertThatThrownBy(() -> new Manifest(rest))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(field);
                rest.put(field, "");
                assertThatThrownBy(() -> new Manifest(rest)).isInstanceOf(IllegalArgumentException.class);
                rest.put(field, 1);
                assertThatThrownBy(() -> new Manifest(rest)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> manifest("metadata", Map.of("name", "")))
                    .hasMessage("a manifest needs metadata.name, a string that is not empty");
            assertThatThrownBy(() -> manifest("metadata", Map.of("name", "a", "namespace", 1)))
                    .hasMessage("ConfigMap: metadata.namespace is not a string");
        }

        @Test
        void mayLackTheApiVersion() {
            Manifest manifest = new Manifest(Map.of("kind", "Values", "metadata", Map.of("name", "a")));
            assertThat(manifest.apiVersion()).isEmpty();
            assertThat(manifest.ref()).isEqualTo(new ObjectRef("", "Values", "", "a"));
            assertThatThrownBy(() -> manifest("apiVersion", 1)).hasMessage("ConfigMap: apiVersion is not a string");
        }

        @Test
        void keepsSecretsOutOfTheText() {
            assertThat(manifest("data", Map.of("password", "planted")).toString())
                    .doesNotContain("planted");
        }
    }

    @Nested
    class LabelsAndAnnotations {
        @Test
        void keepTheirOrderAndAreStrings() {
            var labels = new LinkedHashMap<String, @Nullable Object>();
            labels.put("z", "1");
            labels.put("number", 2);
            labels.put("null", null);
            labels.put("a", "3");
            Manifest manifest = manifest("metadata", Map.of("name", "a", "labels", labels));
            assertThat(List.copyOf(manifest.labels().entrySet())).hasToString("[z=1, a=3]");
            assertThat(manifest.annotations()).isEmpty();
            assertThatThrownBy(() -> manifest.labels().put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void areEmptyWhereTheyAreNoMap() {
            Manifest manifest = manifest("metadata", Map.of("name", "a", "labels", "x", "annotations", List.of("y")));
            assertThat(manifest.labels()).isEmpty();
            assertThat(manifest.annotations()).isEmpty();
        }
    }

    @Nested
    class Content {
        @Test
        void keepsNullsAndOrder() {
            var data = new LinkedHashMap<String, @Nullable Object>();
            for (String key : "zyxwvutsrqponmlkjihgfedcba".split("", 0)) {
                data.put(key, null);
            }
            Manifest manifest = manifest("data", data);
            assertThat(data(manifest).keySet()).containsExactlyElementsOf(data.keySet());
            assertThat(data(manifest).values()).containsOnlyNulls();
            assertThat(data(manifest)).containsKey("a").isEqualTo(data).hasSameHashCodeAs(data);
            assertThat(list(Arrays.asList("a", null, "b"))).containsExactly("a", null, "b");
        }

        @Test
        void isNotThatOfTheCallerAnyMore() {
            var inner = new ArrayList<Object>(List.of("a"));
            var data = new HashMap<String, Object>(Map.of("list", inner));
            Manifest manifest = manifest("data", data);
            inner.add("b");
            data.put("more", 1);
            assertThat(data(manifest)).isEqualTo(Map.of("list", List.of("a")));
        }

        @Test
        void hasWholeNumbersAsLongAndOthersAsDouble() {
            BigInteger huge = BigInteger.ONE.shiftLeft(63);
            assertThat(list(Arrays.asList(
                            1,
                            (short) 2,
                            (byte) 3,
                            4L,
                            BigInteger.valueOf(5),
                            huge,
                            huge.negate(),
                            1.5f,
                            2.5d,
                            new BigDecimal("3.5"),
                            true,
                            "s")))
                    .containsExactly(1L, 2L, 3L, 4L, 5L, huge, Long.MIN_VALUE, 1.5d, 2.5d, 3.5d, true, "s");
        }

        @Test
        void isFrozenOnce() {
            Manifest manifest = manifest("data", Map.of("list", List.of("a")));
            assertThat(new Manifest(manifest.content()).content()).isSameAs(manifest.content());
            var changed = new LinkedHashMap<>(manifest.content());
            changed.put("kind", "Other");
            assertThat(new Manifest(changed).content().get("data"))
                    .isSameAs(manifest.content().get("data"));
        }

        @Test
        void refusesWhatIsNotPlainData() {
            for (Object odd : new Object[] {Instant.EPOCH, 'c', new int[0], new Object(), Action.CREATED}) {
                assertThatThrownBy(() -> manifest("odd", odd))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(odd.getClass().getName())
                        .hasMessageContaining("odd");
            }
            assertThatThrownBy(() -> manifest("data", Map.of(1, "a")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a key that is not a string: 1");
            var nullKey = new HashMap<@Nullable String, Object>();
            nullKey.put(null, "a");
            assertThatThrownBy(() -> manifest("data", nullKey)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refusesATreeThatHoldsItself() {
            var map = new HashMap<String, Object>();
            map.put("self", map);
            assertThatThrownBy(() -> manifest("data", map))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1000 levels");
            var list = new ArrayList<Object>();
            list.add(list);
            assertThatThrownBy(() -> manifest("data", list)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refusesATreeThatIsTooDeepHoweverItIsBuilt() {
            Object tree = "leaf";
            for (int i = 0; i < 998; i++) {
                tree = List.of(tree);
            }
            Manifest deep = manifest("data", tree);
            Object once = deep.content();
            assertThatThrownBy(() -> manifest("data", Map.of("a", List.of(List.of(once)))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1000 levels");
        }
    }

    static Stream<ThrowingCallable> mutations() {
        Map<String, @Nullable Object> map = data(manifest("data", Map.of("a", "b", "list", List.of("x", "y"))));
        List<@Nullable Object> list = list(List.of("x", "y"));
        Iterator<?> entries = map.entrySet().iterator();
        entries.next();
        Iterator<?> keys = map.keySet().iterator();
        keys.next();
        Iterator<?> values = map.values().iterator();
        values.next();
        Iterator<?> items = list.iterator();
        items.next();
        return Stream.of(
                () -> map.put("c", "d"),
                () -> map.putAll(Map.of("a", "c")),
                () -> map.remove("a"),
                map::clear,
                () -> map.merge("a", "c", (x, y) -> y),
                () -> map.compute("a", (k, v) -> "c"),
                () -> map.computeIfAbsent("new", k -> "c"),
                () -> map.putIfAbsent("new", "c"),
                () -> map.replace("a", "c"),
                () -> map.replaceAll((k, v) -> "c"),
                () -> map.keySet().remove("a"),
                () -> map.keySet().clear(),
                () -> map.values().remove("b"),
                () -> map.values().removeIf(v -> true),
                () -> map.entrySet().clear(),
                () -> map.entrySet().removeIf(e -> true),
                () -> map.entrySet().iterator().next().setValue("c"),
                () -> map.entrySet().stream().findFirst().orElseThrow().setValue("c"),
                () -> map.entrySet().forEach(entry -> entry.setValue("c")),
                () -> map.entrySet().toArray(new Map.Entry<?, ?>[0])[0].setValue(null),
                entries::remove,
                keys::remove,
                values::remove,
                () -> list.add("z"),
                () -> list.add(0, "z"),
                () -> list.addAll(List.of("z")),
                () -> list.set(0, "z"),
                () -> list.remove(0),
                () -> list.remove("x"),
                list::clear,
                () -> list.removeIf(v -> true),
                () -> list.replaceAll(v -> "z"),
                () -> list.sort(null),
                () -> list.subList(0, 1).set(0, "z"),
                () -> list.subList(0, 1).clear(),
                () -> list.subList(0, 2).subList(0, 1).add("z"),
                () -> list.listIterator().add("z"),
                () -> {
                    var iterator = list.listIterator();
                    iterator.next();
                    iterator.set("z");
                },
                items::remove);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void cannotBeChanged(ThrowingCallable mutation) {
        assertThatThrownBy(mutation).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void handsOutArraysThatAreCopies() {
        List<@Nullable Object> list = list(List.of("x", "y"));
        list.toArray()[0] = "z";
        assertThat(list).containsExactly("x", "y");
    }

    private static Manifest manifest(String field, Object value) {
        var content = new LinkedHashMap<String, Object>();
        content.put("apiVersion", "v1");
        content.put("kind", "ConfigMap");
        content.put("metadata", Map.of("name", "a"));
        content.put(field, value);
        return new Manifest(content);
    }

    @SuppressWarnings("unchecked") // the test put a map there
    private static Map<String, @Nullable Object> data(Manifest manifest) {
        return (Map<String, @Nullable Object>) requireNonNull(manifest.content().get("data"));
    }

    @SuppressWarnings("unchecked") // the test put a list there
    private static List<@Nullable Object> list(List<?> list) {
        return (List<@Nullable Object>)
                requireNonNull(manifest("list", list).content().get("list"));
    }
}
