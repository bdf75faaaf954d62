package io.gitopstoolkit.source.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SemVerRangeTest {
    static Stream<Arguments> ranges() {
        List<String> lines = lines("ranges.tsv");
        List<String> versions = List.of(lines.get(0).split("\t", -1)[1].split(" ", -1));
        return lines.stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(columns -> Arguments.of(
                        unquote(columns[0]), columns[1].equals("matches") ? columns[2] : "invalid", versions));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void matchesWhatTheOriginalMatches(String range, String expected, List<String> versions) {
        if (expected.equals("invalid")) {
            assertThatThrownBy(() -> SemVerRange.parse(range))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + range + "'");
            return;
        }
        var parsed = SemVerRange.parse(range);
        assertThat(versions.stream().filter(version -> parsed.matches(version(version))))
                .containsExactlyElementsOf(Arrays.stream(expected.split(" ", -1))
                        .filter(version -> !version.isEmpty())
                        .toList());
    }

    @Test
    void ordersVersionsAsTheOriginal() {
        assertThat(lines("order.txt")).hasSize(361).allSatisfy(line -> {
            String[] columns = line.split(" ", -1);
            assertThat(Integer.signum(version(columns[0]).compareTo(version(columns[1]))))
                    .isEqualTo(Integer.parseInt(columns[2]));
        });
    }

    @Test
    void acceptsTheVersionsThatTheOriginalAccepts() {
        assertThat(lines("versions.txt")).hasSize(26).allSatisfy(line -> {
            int split = line.lastIndexOf(' ');
            assertThat(SemVersion.parse(unquote(line.substring(0, split))).isPresent())
                    .isEqualTo(Boolean.parseBoolean(line.substring(split + 1)));
        });
    }

    @Test
    void limitsLengthAndAlternatives() {
        assertThatThrownBy(() -> SemVerRange.parse(">=1.0.0" + " ".repeat(512))).hasMessageContaining("512 characters");
        assertThatThrownBy(() -> SemVerRange.parse("1" + "||1".repeat(32))).hasMessageContaining("32 alternatives");
        assertThat(SemVersion.parse("1.2.3-" + "a".repeat(256))).isEmpty();
    }

    @Test
    @Timeout(5)
    void refusesHostileTextAtOnce() {
        assertThatThrownBy(() -> SemVerRange.parse("1   ".repeat(127) + "!"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SemVerRange.parse("1" + " - ".repeat(160) + "!"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SemVersion version(String text) {
        return SemVersion.parse(text).orElseThrow();
    }

    private static String unquote(String text) {
        return text.substring(1, text.length() - 1).replace("\\t", "\t").replace("\\n", "\n");
    }

    private static List<String> lines(String name) {
        try (InputStream in = SemVerRangeTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
