package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import io.gitopstoolkit.kustomize.ManifestYaml;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Renders a directory and prints the text: all that a cold process does. */
public final class RenderDirectory {
    private static final Revision REVISION = Revision.parse("benchmark");
    private static final Digest ANY = new Digest("none", "00000000");

    private RenderDirectory() {}

    /** Takes the directory, and the path of the kustomization in it. */
    public static void main(String[] arguments) throws IOException {
        String text = render(KustomizeRenderer.at(arguments[1]), Path.of(arguments[0]));
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Renders from the disk; a source has made the digest of an artifact before, so that it is not part of this. */
    static String render(KustomizeRenderer renderer, Path directory) {
        var artifact = new Artifact(REVISION, ANY, FileTree.directory(directory), Map.of());
        ManifestSet manifests = renderer.render(artifact, Deadline.after(Duration.ofMinutes(5)));
        return ManifestYaml.write(manifests);
    }
}
