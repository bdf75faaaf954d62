package io.gitopstoolkit.testkit.internal.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumsTest {
    private static final byte[] DIGITS = "123456789".getBytes(UTF_8);

    /** The check values of the catalogue of parametrised CRC algorithms. */
    @ParameterizedTest
    @CsvSource({"crc32,cbf43926", "crc32c,e3069283", "crc64nvme,ae8b14860a799888"})
    void areThoseOfTheCatalogue(String algorithm, String hex) {
        assertThat(Base64.getDecoder().decode(Checksums.of(algorithm, DIGITS)))
                .isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void areCheckedAndKept() {
        Map<String, String> right = Map.of("x-amz-checksum-crc64nvme", Checksums.of("crc64nvme", DIGITS));
        assertThat(Checksums.checked(right, DIGITS)).isEqualTo(right);
        assertThatThrownBy(() -> Checksums.checked(right, new byte[1]))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("CRC64NVME");
        assertThatThrownBy(() -> Checksums.checked(Map.of("content-md5", "AAAA"), DIGITS))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Content-MD5");
    }
}
