package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.apply.internal.Json;
import io.gitopstoolkit.apply.internal.LineDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes plans for a terminal. */
final class PlanText {
    private static final int LONGEST = 200;
    private static final int MOST_LINES = 40;

    private PlanText() {}

    static String of(Plan plan) {
        var lines = new ArrayList<String>();
        plan.steps().stream()
                .filter(step -> step.action() != Action.UNCHANGED)
                .map(PlanText::of)
                .forEach(lines::add);
        if (!plan.isChanged()) {
            lines.add("no changes");
        }
        lines.add(summary(plan));
        return String.join("\n", lines);
    }

    static String summary(Plan plan) {
        var counts = new LinkedHashMap<String, Integer>();
        List.of("to create", "to configure", "to recreate", "to delete", "to fail", "skipped", "unchanged")
                .forEach(word -> counts.put(word, 0));
        plan.steps().forEach(step -> counts.merge(word(step), 1, Integer::sum));
        counts.values().removeIf(count -> count == 0);
        return counts.isEmpty()
                ? "no objects"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String word(Plan.Step step) {
        return switch (step.action()) {
            case CREATED -> step.isRecreated() ? "to recreate" : "to create";
            case CONFIGURED -> step.isRecreated() ? "to recreate" : "to configure";
            case DELETED -> "to delete";
            case FAILED -> "to fail";
            case SKIPPED -> "skipped";
            case UNCHANGED -> "unchanged";
        };
    }

    private static String sign(Plan.Step step) {
        return switch (step.action()) {
            case CREATED -> step.isRecreated() ? "±" : "+";
            case CONFIGURED -> step.isRecreated() ? "±" : "~";
            case DELETED -> "-";
            case FAILED -> "!";
            case SKIPPED -> "/";
            case UNCHANGED -> "=";
        };
    }

    static String of(Plan.Step step) {
        Change change = step.change();
        String message = change.message().isEmpty() ? "" : ": " + change.message();
        String fields = step.fields().stream()
                .map(field -> "\n    " + of(field).replace("\n", "\n    "))
                .collect(Collectors.joining());
        return sign(step) + ' ' + change.ref() + ' ' + change.action() + safe(message) + fields;
    }

    static String of(Plan.Field field) {
        String values = values(field.before(), field.after());
        String holders = holders(field.holders());
        return values.startsWith("\n") ? field.path() + holders + ':' + values : field.path() + ": " + values + holders;
    }

    static String of(Plan.Holder holder) {
        String subresource = holder.subresource().isEmpty() ? "" : " of " + safe(holder.subresource());
        return safe(holder.manager()) + " (" + safe(holder.operation()) + subresource + ')';
    }

    private static String holders(List<Plan.Holder> holders) {
        return told(
                        ", taken over from ",
                        holders.stream().filter(Plan.Holder::isTakenOver).toList())
                + told(
                        ", shared with ",
                        holders.stream().filter(holder -> !holder.isTakenOver()).toList());
    }

    private static String told(String words, List<Plan.Holder> holders) {
        return holders.isEmpty() ? "" : holders.stream().map(PlanText::of).collect(Collectors.joining(", ", words, ""));
    }

    private static String values(@Nullable Object before, @Nullable Object after) {
        if (before == null) {
            return "+ " + value(after);
        }
        if (after == null) {
            return "- " + value(before);
        }
        if (before instanceof String left && after instanceof String right && (left + right).contains("\n")) {
            return lines(left, right);
        }
        return value(before) + " -> " + value(after);
    }

    /** The lines that differ between two texts. */
    private static String lines(String before, String after) {
        List<String> diff = LineDiff.unified(split(before), split(after), 1);
        String shown = diff.stream()
                .limit(MOST_LINES)
                .map(line -> "\n  " + cut(safe(line)))
                .collect(Collectors.joining());
        return diff.size() <= MOST_LINES ? shown : shown + "\n  ... " + (diff.size() - MOST_LINES) + " more lines";
    }

    static List<String> split(String text) {
        return List.of(text.split("\n", -1));
    }

    private static String value(@Nullable Object value) {
        return cut(json(value));
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "...";
    }

    private static String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> safe(String.valueOf(entry.getKey())) + ": " + json(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PlanText::json).collect(Collectors.joining(", ", "[", "]"));
        }
        return Json.compact(value);
    }

    /** Without characters that would move the cursor of a terminal. */
    static String safe(String text) {
        String quoted = Json.quote(text);
        return quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
