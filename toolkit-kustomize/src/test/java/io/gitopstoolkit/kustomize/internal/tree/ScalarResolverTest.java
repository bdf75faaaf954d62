package io.gitopstoolkit.kustomize.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarResolverTest {
    @ParameterizedTest
    @CsvSource({
        "1, INT",
        "-1, INT",
        "010, INT",
        "08, FLOAT",
        "0o17, INT",
        "0x1F, INT",
        "0b11, INT",
        "0b-11, INT",
        "1_000, INT",
        "_1, STRING",
        "1.5, FLOAT",
        ".5, FLOAT",
        "1., FLOAT",
        "1e3, FLOAT",
        "1e400, STRING",
        ".inf, FLOAT",
        ".nan, FLOAT",
        "1:30, STRING",
        "true, BOOL",
        "yes, STRING",
        "~, NULL",
        "null, NULL",
        "nULL, STRING",
        "'', NULL",
        "-, STRING",
        "2020-01-01, TIMESTAMP",
        "2020-13-01, STRING",
        "2020-01-01T1:2:3Z, TIMESTAMP",
        "18446744073709551615, INT",
        "18446744073709551616, FLOAT",
        "text, STRING",
        "0x, STRING",
        "+, STRING",
        "<<, STRING"
    })
    void knowsWhatBareTextOfAResourceIs(String text, ScalarType type) {
        assertThat(ScalarResolver.typeOf(text)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"yes, BOOL", "n, BOOL", "Off, BOOL", "oN, STRING", "true, BOOL", "010, INT", "text, STRING"})
    void knowsWhatBareTextOfAConfigurationIs(String text, ScalarType type) {
        assertThat(ScalarResolver.typeOfYaml11(text)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "y", "on", "1", "1.5", "0o7", "1:30", "190:20:30.5", "~", "2020-01-01", "+1", ".inf", "0b1"})
    void takesForAmbiguousWhatAReaderOfYaml11WouldMisread(String text) {
        assertThat(ScalarResolver.isAmbiguous(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "=", "<<", "1:60", "1.2.3", "v1", "100m", "-a", "tRUE", "e1"})
    void takesOtherTextForWhatItIs(String text) {
        assertThat(ScalarResolver.isAmbiguous(text)).isFalse();
    }

    @Test
    void keepsWholeNumbersOf64Bits() {
        assertThat(ScalarResolver.number("12345678901234567890")).isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(ScalarResolver.number("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(ScalarResolver.number("0b-11")).isEqualTo(-3L);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.5, 1.5",
        "1e10, 10000000000",
        "1e20, 1e+20",
        "1e21, 1e+21",
        "123456789.123456789, 1.2345678912345679e+08",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "123456.5, 123456.5",
        "1234567.5, 1.2345675e+06",
        "-0.0, 0",
        "0.1, 0.1",
        "9007199254740993, 9007199254740992"
    })
    void writesFloatsAsKustomizeDoes(double value, String text) {
        assertThat(GoNumbers.formatYaml(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01, 2020-01-01T00:00:00Z",
        "2020-1-2 3:4:5, 2020-01-02T03:04:05Z",
        "2020-01-01T10:00:00.500+02:00, 2020-01-01T10:00:00.5+02:00",
        "2020-01-01t10:00:00Z, 2020-01-01T10:00:00Z",
        "2020-01-01T10:00:00.1234567891Z, 2020-01-01T10:00:00.123456789Z"
    })
    void writesTimestampsInTheFormOfRfc3339(String text, String expected) {
        assertThat(ScalarNode.plain(text).toPlain()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2020-02-30", "2020-01-01T24:00:00Z", "2020-01-01T10:00:60Z", "2020-01-01T10:00:00", "20-01-01"})
    void takesNoImpossibleTimestamp(String text) {
        assertThat(ScalarResolver.typeOf(text)).isEqualTo(ScalarType.STRING);
    }
}
