package io.gitopstoolkit.kustomize.internal.load;

import org.jspecify.annotations.Nullable;

/**
 * Where a kustomization is built.
 *
 * @param build what all kustomizations share
 * @param directory of the kustomization
 * @param fileName of the kustomization file
 * @param origin of what it brings, or null where that is not noted
 */
record Site(
        Build build,
        Directory directory,
        String fileName,
        @Nullable Origin origin) {
    /** The path of the kustomization file, for messages. */
    String path() {
        return directory.pathOf(fileName);
    }

    /** What to note of a builtin generator or transformer that a field of the kustomization file asks for, or null. */
    @Nullable
    String note(String kind) {
        return origin == null ? null : origin.configured(fileName, kind);
    }
}
