package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {
    private static final String SHA1 = "5394cb7f48332b2de7c17dd8b8384bbc84b7e738";
    private static final String SHA256 = "55609ff9d959589ed917ce32e6bc0f0a36809565f308602c15c3668965979edc";

    @ParameterizedTest
    @CsvSource({
        "main@sha1:" + SHA1 + ", main, sha1:" + SHA1,
        "6.5.0@sha1:" + SHA1 + ", 6.5.0, sha1:" + SHA1,
        "latest@sha256:" + SHA256 + ", latest, sha256:" + SHA256,
        "feature/a@b@sha1:" + SHA1 + ", feature/a@b, sha1:" + SHA1,
        "refs/pull/420/head@sha1:" + SHA1 + ", refs/pull/420/head, sha1:" + SHA1,
        "a@@sha1:" + SHA1 + ", a@, sha1:" + SHA1,
        "a:b@sha1:" + SHA1 + ", a:b, sha1:" + SHA1,
        "sha256:" + SHA256 + ", '', sha256:" + SHA256,
        "main@gitblob-sha1:0123456789abcdef, main, gitblob-sha1:0123456789abcdef",
        "ünï@sha1:" + SHA1 + ", ünï, sha1:" + SHA1
    })
    void readsNameAndDigest(String text, String name, String digest) {
        Revision revision = Revision.parse(text);
        assertThat(revision.name()).isEqualTo(name);
        assertThat(revision.digest()).hasToString(digest);
        assertThat(revision).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "1.2.3+meta",
                "main@",
                "@",
                "main@sha1:short",
                "main@sha1:" + SHA256,
                "main@sha1:zz94cb7f48332b2de7c17dd8b8384bbc84b7e738",
                "sha1:",
                "a/b/c",
                "main/5394cb7",
                "5394cb7",
                "a:b/" + SHA1
            })
    void takesEverythingElseForAName(String text) {
        assertThat(Revision.parse(text)).isEqualTo(new Revision(text, null)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "main/" + SHA1 + ", main@sha1:" + SHA1,
        "feature/branch/" + SHA1 + ", feature/branch@sha1:" + SHA1,
        "HEAD/" + SHA1 + ", sha1:" + SHA1,
        "feature/HEAD/" + SHA1 + ", feature/HEAD@sha1:" + SHA1,
        "tag/" + SHA256 + ", tag@sha256:" + SHA256,
        SHA1 + ", sha1:" + SHA1,
        SHA256 + ", sha256:" + SHA256
    })
    void readsTheOlderFormsOfFlux(String text, String now) {
        assertThat(Revision.parse(text)).hasToString(now);
    }

    @Test
    void lowersHexadecimalDigits() {
        assertThat(Revision.parse("main@sha1:5394CB7F48332B2DE7C17DD8B8384BBC84B7E738"))
                .hasToString("main@sha1:" + SHA1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\u0000", "main @sha1:" + SHA1, "a\u007f"})
    void refusesBlanksAndNothing(String text) {
        assertThatThrownBy(() -> Revision.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void needsANameOrADigest() {
        assertThatThrownBy(() -> new Revision("", null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Revision.of(Digest.parse("sha1:" + SHA1))).hasToString("sha1:" + SHA1);
    }

    @Test
    void readsWhatItWrites() {
        var random = new Random(20_261_123);
        String alphabet = "abcXYZ019@/:._-+äß中";
        for (int i = 0; i < 5_000; i++) {
            var name = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var hash = new byte[20];
            random.nextBytes(hash);
            var digest = new Digest("sha1", HexFormat.of().formatHex(hash));
            var both = new Revision(name.toString(), digest);
            assertThat(Revision.parse(both.toString())).isEqualTo(both);
            if (!name.isEmpty()) {
                var alone = new Revision(name.toString(), null);
                assertThat(Revision.parse(alone.toString())).isEqualTo(alone);
            }
        }
    }
}
