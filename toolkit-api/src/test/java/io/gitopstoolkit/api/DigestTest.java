package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void isThatOfTheBytes() {
        assertThat(Digest.sha256(new byte[0])).hasToString("sha256:" + EMPTY);
        assertThat(Digest.sha256("abc".getBytes(StandardCharsets.US_ASCII)).hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:" + EMPTY, "gitblob-sha1:00112233", "a+b.c_d-e:0123456789abcdef", "md5:01234567"})
    void readsWhatItWrites(String text) {
        assertThat(Digest.parse(text)).hasToString(text);
    }

    @Test
    void lowersHexadecimalDigitsAlone() {
        assertThat(Digest.parse("md5:ABCDEF01")).isEqualTo(new Digest("md5", "abcdef01"));
        assertThatThrownBy(() -> new Digest("md5", "ABCDEF01")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Digest.parse("md5:012345６7")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "sha256",
                "sha256:",
                ":" + EMPTY,
                "sha256:" + EMPTY + "00",
                "sha1:" + EMPTY,
                "SHA256:" + EMPTY,
                "sha256:" + EMPTY + "\n",
                "a:b:01234567",
                "a--b:01234567",
                "-a:01234567",
                "a-:01234567",
                "md5:0123456",
                "md5:012345678",
                "md5:0123456g",
                "md5: 01234567"
            })
    void refusesAnyOtherForm(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersByAlgorithmAndThenValue() {
        var sorted = new TreeSet<>(
                List.of(new Digest("b", "00000000"), new Digest("a", "ffffffff"), new Digest("a", "00000000")));
        assertThat(sorted).extracting(Digest::toString).containsExactly("a:00000000", "a:ffffffff", "b:00000000");
    }
}
