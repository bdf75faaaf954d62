package io.gitopstoolkit.samples.quickstart;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.apply.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Prints what happens while it happens; in colour on a terminal alone. */
final class Console {
    private final PrintStream out;
    private final boolean coloured;

    Console(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Standard output, in colour if that is a terminal and {@code NO_COLOR} is not set. */
    static Console ofSystem() {
        return new Console(System.out, isTerminal() && !System.getenv().containsKey("NO_COLOR"));
    }

    void title(String text) {
        out.println();
        out.println(paint("1", text));
    }

    /** Names a step, does it, and says what came of it and how long it took. */
    <T> T step(String name, Supplier<T> work, Function<T, String> result) {
        out.printf("  %-9s", name);
        out.flush();
        long start = System.nanoTime();
        try {
            T value = work.get();
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            out.println(result.apply(value) + paint("2", " (" + time.toMillis() + " ms)"));
            return value;
        } catch (RuntimeException e) {
            out.println(paint("31", "failed"));
            throw e;
        }
    }

    /** One line of a step that is not timed. */
    void line(String name, String text) {
        out.printf("  %-9s%s%n", name, text);
    }

    void text(String text) {
        out.print(text);
    }

    /** What differs, object by object and field by field. */
    void plan(Plan plan) {
        plan.toString().lines().forEach(line -> out.println("  " + line));
    }

    void change(Change change) {
        String action = String.format(Locale.ROOT, "%-11s", change.action());
        String message = change.message().isEmpty() ? "" : "  " + change.message();
        out.println("  " + paint(colour(change.action()), action) + change.ref() + message);
    }

    void error(String text) {
        out.println();
        out.println(paint("31", "Error: ") + text);
    }

    /** Until JDK 21 there is a console only on a terminal; from 22 on it is asked, by a method that 17 does not have. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private String paint(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String colour(Action action) {
        return switch (action) {
            case CREATED -> "32";
            case CONFIGURED -> "33";
            case DELETED -> "35";
            case FAILED -> "31";
            case UNCHANGED, SKIPPED -> "2";
        };
    }
}
