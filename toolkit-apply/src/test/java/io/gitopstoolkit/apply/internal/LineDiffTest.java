package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void isAUnifiedDiff() {
        assertThat(LineDiff.unified(List.of("a", "b", "c", "d", "e"), List.of("a", "x", "c", "d", "e", "f"), 1))
                .containsExactly("@@ -1,3 +1,3 @@", " a", "-b", "+x", " c", "@@ -5 +5,2 @@", " e", "+f");
        assertThat(LineDiff.unified(List.of(), List.of("a"), 3)).containsExactly("@@ -0,0 +1 @@", "+a");
        assertThat(LineDiff.unified(List.of("a"), List.of("a"), 3)).isEmpty();
    }

    @Test
    void givesTheLinesOfBothSides() {
        long seed = Long.getLong("test.seed", 1);
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            List<String> before = some(random);
            List<String> after = some(random);
            List<String> diff = LineDiff.unified(before, after, Integer.MAX_VALUE);
            if (before.equals(after)) {
                assertThat(diff).isEmpty();
            } else {
                assertThat(side(diff, '+')).as("seed %d", seed).isEqualTo(before);
                assertThat(side(diff, '-')).as("seed %d", seed).isEqualTo(after);
            }
        }
    }

    @Test
    void replacesAllWhereThereAreTooManyLinesToCompare() {
        var before = new ArrayList<String>();
        var after = new ArrayList<String>();
        for (int i = 0; i < 3_000; i++) {
            before.add("before " + i);
            after.add("after " + i);
        }
        before.add(1_500, "both");
        after.add(1_500, "both");
        assertThat(LineDiff.unified(before, after, 0)).hasSize(6_003);
    }

    private static List<String> side(List<String> diff, char other) {
        return diff.stream()
                .skip(1)
                .filter(line -> line.charAt(0) != other)
                .map(line -> line.substring(1))
                .toList();
    }

    private static List<String> some(Random random) {
        return random.ints(random.nextInt(1, 12), 0, 5)
                .mapToObj(String::valueOf)
                .toList();
    }
}
