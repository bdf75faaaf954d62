package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The hand-written scenarios, and what the real server answered to them. */
final class Scenarios {
    private Scenarios() {}

    /** The names of all scenarios. */
    static Stream<String> names() {
        return Stream.of(
                "access",
                "apply-config-map",
                "custom-resources",
                "definitions",
                "deployment",
                "kubectl",
                "lists",
                "scale-and-deletion",
                "service",
                "update-then-apply",
                "validation",
                "watches",
                "validation-rules",
                "versions",
                "workloads");
    }

    static List<Exchange> exchanges(String name) {
        return Exchange.parse(text(name + ".http"));
    }

    /** The answers of the real server, one a line; the first is that to the creation of the namespace. */
    static List<Answer> recorded(String name) {
        var answers = new ArrayList<Answer>();
        for (String line : text(name + ".answers").lines().toList()) {
            Object answer = Json.parse(line);
            answers.add(new Answer(
                    (int) Tree.number(answer, 0, "status"), Tree.at(answer, "body"), Tree.textsAt(answer, "warnings")));
        }
        return answers;
    }

    /** The text of a recording. */
    static String recording(List<Answer> answers) {
        var text = new StringBuilder();
        for (Answer answer : answers) {
            var line = Tree.of("status", (long) answer.status(), "body", answer.body());
            if (!answer.warnings().isEmpty()) {
                line.put("warnings", answer.warnings());
            }
            text.append(Json.print(line)).append('\n');
        }
        return text.toString();
    }

    static String text(String file) {
        try (InputStream in = Scenarios.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
