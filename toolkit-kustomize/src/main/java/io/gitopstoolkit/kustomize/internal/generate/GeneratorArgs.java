package io.gitopstoolkit.kustomize.internal.generate;

import io.gitopstoolkit.kustomize.internal.resource.Behavior;
import java.util.List;

/**
 * What to generate.
 *
 * @param name the name, before prefixes and hash
 * @param namespace the namespace, or nothing
 * @param behavior what it does to a resource of the same id
 * @param type the type of a Secret, or nothing
 * @param sources where its data comes from
 * @param options what else it gets
 */
public record GeneratorArgs(
        String name, String namespace, Behavior behavior, String type, Sources sources, GeneratorOptions options) {
    /**
     * Where data comes from.
     *
     * @param literals {@code key=value}
     * @param files {@code path} or {@code key=path}
     * @param envs paths of files with lines of {@code key=value}
     */
    public record Sources(List<String> literals, List<String> files, List<String> envs) {}
}
