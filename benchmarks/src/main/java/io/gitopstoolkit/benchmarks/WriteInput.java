package io.gitopstoolkit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes an input to a directory, for a look at it, and for a run that shows which classes a program loads. */
public final class WriteInput {
    private WriteInput() {}

    /** Takes the name of the input, or a number of objects, and the directory. */
    public static void main(String[] arguments) throws IOException {
        String input = arguments[0];
        Map<String, String> files = Character.isDigit(input.charAt(0))
                ? RenderInput.large(Integer.parseInt(input))
                : RenderInput.valueOf(input.toUpperCase(Locale.ROOT)).files();
        RenderInput.write(files, Path.of(arguments[1]));
    }
}
