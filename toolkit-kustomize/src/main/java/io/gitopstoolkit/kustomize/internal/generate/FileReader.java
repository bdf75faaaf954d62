package io.gitopstoolkit.kustomize.internal.generate;

/** Reads the files that a kustomization names. */
@FunctionalInterface
public interface FileReader {
    /**
     * The bytes of a file.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if there is none, or it may not be read
     */
    byte[] read(String path);
}
