package io.gitopstoolkit.testkit.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "-5, <invalid>",
        "-1, 0s",
        "0, 0s",
        "119, 119s",
        "120, 2m",
        "330, 5m30s",
        "7200, 120m",
        "10800, 3h",
        "12660, 3h31m",
        "86400, 24h",
        "176400, 2d1h",
        "691200, 8d",
        "63072000, 2y",
        "66528000, 2y40d",
        "283824000, 9y"
    })
    void hasTwoOrThreeDigits(long seconds, String text) {
        assertThat(HumanDuration.of(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
