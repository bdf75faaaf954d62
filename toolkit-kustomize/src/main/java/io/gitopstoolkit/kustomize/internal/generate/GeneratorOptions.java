package io.gitopstoolkit.kustomize.internal.generate;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What generated resources get besides their data.
 *
 * @param labels labels
 * @param annotations annotations
 * @param disableNameSuffixHash whether their names get no hash
 * @param immutable whether they are immutable
 */
public record GeneratorOptions(
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        boolean disableNameSuffixHash,
        boolean immutable) {
    /** Nothing. */
    public static final GeneratorOptions NONE = new GeneratorOptions(new TreeMap<>(), new TreeMap<>(), false, false);

    /** These options, and those of all generators where these say nothing. */
    public GeneratorOptions over(GeneratorOptions global) {
        return new GeneratorOptions(
                over(labels, global.labels),
                over(annotations, global.annotations),
                disableNameSuffixHash || global.disableNameSuffixHash,
                immutable || global.immutable);
    }

    private static SortedMap<String, String> over(Map<String, String> own, Map<String, String> global) {
        var merged = new TreeMap<String, String>(global);
        merged.putAll(own);
        return merged;
    }
}
