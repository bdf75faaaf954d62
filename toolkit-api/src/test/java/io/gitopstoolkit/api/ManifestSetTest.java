package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestSetTest {
    private static final Revision REVISION = Revision.parse("main");

    @Test
    void copiesItsLists() {
        var manifests = new ArrayList<>(List.of(configMap("a", "x")));
        var warnings = new ArrayList<>(List.of("old field"));
        var set = new ManifestSet(REVISION, manifests, warnings);
        manifests.clear();
        warnings.clear();
        assertThat(set).hasSize(1);
        assertThat(set.warnings()).containsExactly("old field");
        assertThatThrownBy(() -> set.iterator().remove()).isInstanceOf(UnsupportedOperationException.class);
        ManifestSet other = set.withManifests(List.of());
        assertThat(other.warnings()).isEqualTo(set.warnings());
        assertThat(other.revision()).isEqualTo(REVISION);
        assertThat(other).isEmpty();
    }

    @Test
    void printsNoContent() {
        assertThat(ManifestSet.of(REVISION, List.of(configMap("a", "planted"))))
                .hasToString("ManifestSet[main, 1 manifests]");
    }

    @Test
    void hasADigestThatStays() {
        var manifest = new Manifest(Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", "a")));
        // printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}\n' | sha256sum
        assertThat(ManifestSet.of(REVISION, List.of(manifest)).digest())
                .hasToString("sha256:09704f45822873124d9c3700480762b1f6b181eb60a61522c211da4390c22b13");
        assertThat(ManifestSet.of(REVISION, List.of()).digest()).isEqualTo(Digest.sha256(new byte[0]));
    }

    @Test
    void hasADigestOfCanonicalJson() {
        var data = new LinkedHashMap<String, Object>();
        data.put("z", Arrays.asList(1, null, true, List.of(), Map.of()));
        data.put("a\"\\\n\u0001ü😀", -0.5);
        String json = "{\"apiVersion\":\"v1\",\"data\":{\"a\\\"\\\\\\u000a\\u0001ü\\ud83d\\ude00\":-0.5,"
                + "\"z\":[1,null,true,[],{}]},\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}\n";
        assertThat(digest(configMap("a", data))).isEqualTo(Digest.sha256(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hasADigestWithoutRevisionAndWarnings() {
        List<Manifest> manifests = List.of(configMap("a", "x"));
        assertThat(new ManifestSet(Revision.parse("other"), manifests, List.of("w")).digest())
                .isEqualTo(ManifestSet.of(REVISION, manifests).digest());
    }

    @Test
    void hasADigestWithoutTheOrderOfKeys() {
        var one = new LinkedHashMap<String, Object>();
        one.put("a", 1);
        one.put("b", 2);
        var two = new LinkedHashMap<String, Object>();
        two.put("b", 2);
        two.put("a", 1);
        assertThat(digest(configMap("a", one))).isEqualTo(digest(configMap("a", two)));
    }

    @Test
    void hasADigestWithTheOrderOfListsAndManifests() {
        assertThat(digest(configMap("a", List.of(1, 2)))).isNotEqualTo(digest(configMap("a", List.of(2, 1))));
        assertThat(digest(configMap("a", "x"), configMap("b", "x")))
                .isNotEqualTo(digest(configMap("b", "x"), configMap("a", "x")));
    }

    @Test
    void tellsValuesApartThatOnlyLookAlike() {
        BigInteger large = BigInteger.ONE.shiftLeft(80);
        Object[] values = {
            1,
            1.0,
            "1",
            true,
            "true",
            0.0,
            -0.0,
            Double.NaN,
            "NaN",
            Double.POSITIVE_INFINITY,
            large,
            large.add(BigInteger.ONE),
            large.toString(),
            Map.of(),
            List.of(),
            "",
            "null",
            Arrays.asList((Object) null),
            Long.MAX_VALUE,
            Long.MAX_VALUE - 1,
            "\ud83d\ude00",
            "\ud83d",
            "?",
            "\\u000a",
            "\n"
        };
        assertThat(values)
                .extracting(value -> digest(configMap("a", value)))
                .doesNotHaveDuplicates()
                .isEqualTo(Arrays.stream(values)
                        .map(value -> digest(configMap("a", value)))
                        .toList());
    }

    @Test
    void hasADigestOfContentBeyondItsBuffer() {
        String filler = "ü".repeat(70_000);
        String json = "{\"apiVersion\":\"v1\",\"data\":\"" + filler
                + "\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}\n";
        assertThat(digest(configMap("a", filler))).isEqualTo(Digest.sha256(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Digest digest(Manifest... manifests) {
        return ManifestSet.of(REVISION, List.of(manifests)).digest();
    }

    private static Manifest configMap(String name, Object data) {
        return new Manifest(
                Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", name), "data", data));
    }
}
