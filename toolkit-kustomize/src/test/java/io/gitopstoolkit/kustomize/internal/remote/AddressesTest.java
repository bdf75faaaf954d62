package io.gitopstoolkit.kustomize.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The table holds what kustomize 5.8.1 makes of an address: whether it is a file to be had by HTTP, and, where it takes
 * it for a repository, what is cloned, the directory, the ref, the timeout, submodules, and the path in notes of origin.
 */
class AddressesTest {
    @Test
    void areReadAsKustomizeReadsThem() throws IOException {
        List<String> expected = lines();
        var actual = new ArrayList<String>();
        for (String line : expected) {
            actual.add(line(line.substring(0, line.indexOf('\t'))));
        }
        assertThat(expected).hasSizeGreaterThan(900);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void tellNeitherPasswordNorQuery() {
        RepoSpec spec =
                Objects.requireNonNull(RepoSpec.parse("https://me:hunter2@example.org/org/repo?ref=v1&x=hunter2"));

        assertThat(spec).hasToString("https://example.org/org/repo?ref=v1");
        assertThat(RemoteFile.shown("https://me:hunter2@example.org/a.yaml?token=hunter2"))
                .isEqualTo("https://example.org/a.yaml");
    }

    private static String line(String address) {
        String file = address + '\t' + RemoteFile.isRemote(address) + '\t';
        RepoSpec spec = RepoSpec.parse(address);
        if (spec == null) {
            return file + '-';
        }
        RepoQuery query = spec.query();
        return file
                + String.join(
                        "\t",
                        spec.cloneUrl(),
                        spec.path(),
                        query.ref(),
                        Long.toString(query.timeout().toNanos()),
                        Boolean.toString(query.submodules()),
                        spec.originPath());
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = AddressesTest.class.getResourceAsStream("addresses.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
