package io.gitopstoolkit.kustomize.internal.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.ReferenceKustomize;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random patches, beside the reference in the same run. */
@Tag("cluster")
class PatchDifferentialIT {
    private static final YamlReader READER = new YamlReader(YamlLimits.DEFAULT);

    private static final String REFUSED = "refused\n";

    @TempDir
    Path scratch;

    @Test
    void mergesAsTheReference() throws Exception {
        var random = new Random(seed());
        compare(60, 30, () -> {
            var maker = new RandomPatch(random);
            return new Case(maker.deployment(false), maker.deployment(true), "[{path: patch.yaml}]");
        });
    }

    @Test
    void appliesOperationsAsTheReference() throws Exception {
        var random = new Random(seed());
        compare(
                100,
                20,
                () -> new Case(
                        RandomOperations.OBJECT,
                        RandomOperations.patch(random),
                        "[{path: patch.yaml, target: {kind: Thing}}]"));
    }

    private record Case(String base, String patch, String patches) {}

    /** Fails with the cases that differ, and where so few are accepted that equality means little. */
    private void compare(int count, int minAccepted, Supplier<Case> cases) throws Exception {
        var differences = new ArrayList<String>();
        int accepted = 0;
        for (int i = 0; i < Integer.getInteger("test.count", count); i++) {
            Case next = cases.get();
            String theirs = reference(next);
            String ours = ours(next);
            if (!ours.equals(theirs)) {
                differences.add(next.base + "\n" + next.patch + "\n--- ours\n" + ours + "--- reference\n" + theirs);
            }
            accepted += theirs.equals(REFUSED) ? 0 : 1;
        }
        assertThat(differences).as(differences.size() + " differences").isEmpty();
        assertThat(accepted).isGreaterThanOrEqualTo(minAccepted);
    }

    private static long seed() {
        long seed = Long.getLong("test.seed", 1);
        System.err.println("-Dtest.seed=" + seed);
        return seed;
    }

    private String reference(Case next) throws Exception {
        Files.writeString(scratch.resolve("base.yaml"), next.base);
        Files.writeString(scratch.resolve("patch.yaml"), next.patch);
        Files.writeString(
                scratch.resolve("kustomization.yaml"), "resources: [base.yaml]\npatches: " + next.patches + "\n");
        ReferenceKustomize.Result result = ReferenceKustomize.build(scratch);
        return result.accepted() ? result.output() : REFUSED;
    }

    private static String ours(Case next) {
        try {
            MapNode target = READER.readResources(next.base, "base").get(0);
            MapNode merged = next.patches.contains("target")
                    ? JsonPatch.parse(next.patch, "patch", READER).apply(target)
                    : new StrategicMerge(Schema.builtin())
                            .apply(
                                    target,
                                    READER.readResources(next.patch, "patch").get(0));
            return merged == null ? "" : YamlWriter.write(List.of(merged));
        } catch (KustomizeException e) {
            return REFUSED;
        }
    }
}
