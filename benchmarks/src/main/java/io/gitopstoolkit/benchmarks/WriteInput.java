package io.gitopstoolkit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Writes an input to a directory, for a look at it, and for a run that shows which classes a program loads. */
public final class WriteInput {
    private WriteInput() {}

    /** Takes the name of the input and the directory. */
    public static void main(String[] arguments) throws IOException {
        RenderInput.valueOf(arguments[0].toUpperCase(Locale.ROOT)).writeTo(Path.of(arguments[1]));
    }
}
