package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Renders a directory and prints the text: all that a cold process does. */
public final class RenderDirectory {
    private RenderDirectory() {}

    /** Takes the directory, and the path of the kustomization in it. */
    public static void main(String[] arguments) throws IOException {
        String text = render(KustomizeRenderer.at(arguments[1]), Path.of(arguments[0]));
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Renders from the disk, as kustomize does. */
    static String render(KustomizeRenderer renderer, Path directory) {
        return renderer.renderYaml(FileTree.directory(directory), Deadline.after(Duration.ofMinutes(5)));
    }
}
