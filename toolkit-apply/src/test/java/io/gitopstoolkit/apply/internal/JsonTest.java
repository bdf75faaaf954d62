package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsWhatItWrites() {
        long seed = Long.getLong("test.seed", 1);
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Object value = some(random, 4);
            assertThat(Json.read(Json.compact(value), 100_000))
                    .as("seed %d", seed)
                    .isEqualTo(value);
            assertThat(Json.read(Json.pretty(value), 1_000_000))
                    .as("seed %d", seed)
                    .isEqualTo(value);
        }
    }

    private static Object some(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextGaussian() * 1e30;
            case 2 -> random.nextBoolean();
            case 3 -> new BigInteger(80, random).setBit(79);
            case 4 ->
                random.ints(random.nextInt(6), 0, 0x3000)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .append(random.nextBoolean() ? "\ud83d\ude00\ud83d" : "")
                        .toString();
            case 5 -> {
                var list = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(some(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("key" + random.nextInt(), some(random, depth - 1));
                }
                yield map;
            }
        };
    }

    @Test
    void writesTheSameEachTime() {
        var map = new LinkedHashMap<String, Object>();
        map.put("b", List.of(1L, "x\n\u001b\u202e\"\\"));
        map.put("a", Map.of());
        assertThat(Json.compact(map)).isEqualTo("{\"b\":[1,\"x\\n\\u001b\\u202e\\\"\\\\\"],\"a\":{}}");
        assertThat(Json.pretty(map)).isEqualTo("""
                {
                  "b": [
                    1,
                    "x\\n\\u001b\\u202e\\"\\\\"
                  ],
                  "a": {}
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "01",
                "1.",
                "+1",
                ".5",
                "1e999",
                "nul",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"a\nb\"",
                "{} x",
                "NaN",
                "'a'",
                "{a:1}",
                "-",
                "1 2"
            })
    void refusesWhatIsNoJson(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.read(json, 100))
                .withMessageMatching("(?s)line \\d+, column \\d+.*");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.read(" ".repeat(101), 100))
                .withMessage("longer than 100 characters: 101 of them");
        assertThatIllegalArgumentException().isThrownBy(() -> Json.read("9".repeat(500), 1_000));
    }
}
