package io.gitopstoolkit.kustomize.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.ReferenceKustomize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read and written, beside the reference in the same run. */
@Tag("cluster")
class YamlDifferentialIT {
    private static final YamlReader READER = new YamlReader(YamlLimits.DEFAULT);

    @TempDir
    Path scratch;

    @Test
    void writesCornersAsTheReference() throws Exception {
        assertSameOutput(asResources(TrickyText.corners()));
    }

    @Test
    void writesRandomStringsAsTheReference() throws Exception {
        var texts = new ArrayList<String>();
        var random = new Random(seed());
        for (int i = 0; i < 4000; i++) {
            texts.add(TrickyText.random(random));
        }
        assertSameOutput(asResources(texts));
    }

    @Test
    void readsRandomNumbersAsTheReference() throws Exception {
        var random = new Random(seed());
        var yaml = new StringBuilder(head(0));
        for (int i = 0; i < 4000; i++) {
            String text = TrickyText.numeric(random).strip();
            boolean value = !text.isEmpty() && !text.matches("(-|\\?|:|.*:|.*: .*|[-?:] .*)");
            if (value && !ScalarText.isInfinite(text)) {
                yaml.append("  n").append(i).append(": ").append(text).append('\n');
            }
        }
        assertSameOutput(yaml.toString());
    }

    @Test
    void writesRandomTreesAsTheReference() throws Exception {
        var random = new Random(seed());
        var documents = new ArrayList<String>();
        for (int i = 0; i < 150; i++) {
            documents.add(new RandomTree(random).resource("t" + i));
        }
        assertSameOutput(String.join("---\n", documents));
    }

    @Test
    void readsRandomBlocksAsTheReference() throws Exception {
        var random = new Random(seed());
        var yaml = new StringBuilder(head(0));
        for (int i = 0; i < 1500; i++) {
            yaml.append("  b")
                    .append(i)
                    .append(": ")
                    .append(RandomBlock.scalar(random, "    "))
                    .append('\n');
        }
        assertSameOutput(yaml.toString());
    }

    /** {@code -Dyaml.documents} says how many; a tenth of a second each. */
    @Test
    void readsOddShapesAsTheReference() throws Exception {
        var odd = new OddYaml(new Random(seed()));
        int accepted = 0;
        int documents = Integer.getInteger("yaml.documents", 100);
        for (int i = 0; i < documents; i++) {
            String document = odd.document();
            ReferenceKustomize.Result reference = ReferenceKustomize.build(scratch, document);
            String ours = read(document);
            assertThat(ours.startsWith("refused"))
                    .as(document + "\n--- " + ours + "\n--- " + reference.error())
                    .isEqualTo(!reference.accepted());
            if (reference.accepted()) {
                assertThat(ours).as(document).isEqualTo(reference.output());
                accepted++;
            }
        }
        assertThat(accepted).isGreaterThan(documents / 10);
    }

    private static String read(String document) {
        try {
            return YamlWriter.write(READER.readResources(document, "input"));
        } catch (KustomizeException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static long seed() {
        long seed = Long.getLong("test.seed", 1);
        System.err.println("-Dtest.seed=" + seed);
        return seed;
    }

    private void assertSameOutput(String input) throws Exception {
        ReferenceKustomize.Result reference = ReferenceKustomize.build(scratch, input);
        String error = reference.error();
        assertThat(error.substring(Math.max(0, error.length() - 600)))
                .as("the reference takes the input")
                .isEmpty();
        String output = YamlWriter.write(READER.readResources(input, "input"));
        assertThat(firstDifference(output, reference.output())).isEmpty();
        assertThat(output).isEqualTo(reference.output());
    }

    /** The first lines that differ, ours above the reference's, instead of thousands that do not. */
    private static String firstDifference(String ours, String theirs) {
        String[] our = ours.split("\n", -1);
        String[] their = theirs.split("\n", -1);
        for (int i = 0; i < Math.min(our.length, their.length); i++) {
            if (!our[i].equals(their[i])) {
                int from = Math.max(0, i - 4);
                return String.join("\n", Arrays.copyOfRange(our, from, Math.min(our.length, i + 4)))
                        + "\n--- instead of\n"
                        + String.join("\n", Arrays.copyOfRange(their, from, Math.min(their.length, i + 4)));
            }
        }
        return "";
    }

    /** Each text as a value, in a list and as a key of a nested map; few objects, which the reference is slow with. */
    private static String asResources(List<String> texts) {
        var yaml = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            String text = ScalarText.json(texts.get(i));
            if (i % 50 == 0) {
                yaml.append(i == 0 ? "" : "---\n").append(head(i));
            }
            yaml.append("  v" + i + ":\n    value: ")
                    .append(text)
                    .append('\n')
                    .append("    list: [")
                    .append(text)
                    .append(", [")
                    .append(text)
                    .append("]]\n")
                    .append("    map:\n      ? ")
                    .append(text)
                    .append("\n      : {a: ")
                    .append(text)
                    .append("}\n")
                    .append("    items:\n    - ? ")
                    .append(text)
                    .append("\n      : [")
                    .append(text)
                    .append("]\n");
        }
        return yaml.toString();
    }

    private static String head(int number) {
        return "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: t" + number + "}\nspec:\n";
    }
}
