package io.gitopstoolkit.api;

/**
 * Makes manifests of an artifact.
 *
 * <p>A renderer is a pure function: the same artifact gives the same manifests in the same order, on every machine.
 * Safe between threads.
 */
@FunctionalInterface
public interface Renderer {
    /**
     * Renders the manifests, under the artifact's revision.
     *
     * @throws ToolkitException if the artifact's files cannot be rendered; the message names the file and the field
     */
    ManifestSet render(Artifact artifact, Deadline deadline);
}
