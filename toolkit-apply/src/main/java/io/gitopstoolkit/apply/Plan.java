package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery would do, object by object, in the order in which it would do it. Values of Secrets are masked.
 *
 * @param revision what would be delivered
 * @param steps in order
 */
public record Plan(Revision revision, List<Step> steps) {
    /** Copies the list. */
    public Plan {
        requireNonNull(revision, "revision");
        steps = List.copyOf(steps);
    }

    /**
     * What would be done to one object.
     *
     * @param change the action, as the delivery would report it
     * @param fields what would differ, where the action is {@link Action#CONFIGURED}; empty otherwise, and where only
     *     the ownership of fields would change
     */
    public record Step(Change change, List<Field> fields) {
        /** Copies the list. */
        public Step {
            requireNonNull(change, "change");
            fields = List.copyOf(fields);
        }

        /** Which object. */
        public ObjectRef ref() {
            return change.ref();
        }

        /** What would be done. */
        public Action action() {
            return change.action();
        }

        /** The line of the change log, and under it a line for each field. */
        @Override
        public String toString() {
            return change + fields.stream().map(field -> "\n    " + field).collect(Collectors.joining());
        }
    }

    /**
     * One field that would differ.
     *
     * @param path such as {@code spec.template.spec.containers[name=web].image}
     * @param before the value in the cluster, plain data as in a manifest; null where there is none
     * @param after the value after the delivery; null where there is none
     */
    public record Field(
            String path, @Nullable Object before, @Nullable Object after) {
        private static final int LONGEST = 200;

        /** Checks the path. */
        public Field {
            requireNonNull(path, "path");
        }

        /** The path and both values, such as {@code spec.replicas: 1 -> 3}. */
        @Override
        public String toString() {
            if (before == null) {
                return path + ": + " + text(after);
            }
            return after == null ? path + ": - " + text(before) : path + ": " + text(before) + " -> " + text(after);
        }

        private static String text(@Nullable Object value) {
            String text = json(value);
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        }

        private static String json(@Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                return map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + json(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            if (value instanceof List<?> list) {
                return list.stream().map(Field::json).collect(Collectors.joining(", ", "[", "]"));
            }
            return value instanceof String text ? '"' + text.replace("\n", "\\n") + '"' : String.valueOf(value);
        }
    }

    /** The steps as a change set, without the fields. */
    public ChangeSet changes() {
        return new ChangeSet(revision, steps.stream().map(Step::change).toList());
    }

    /** Whether a delivery would change anything. */
    public boolean isChanged() {
        return changes().isChanged();
    }

    /** What would change, an object to a line with its fields below it; {@code no changes} where nothing would. */
    @Override
    public String toString() {
        String text = steps.stream()
                .filter(step -> step.action() != Action.UNCHANGED)
                .map(Step::toString)
                .collect(Collectors.joining("\n"));
        return text.isEmpty() ? "no changes" : text;
    }
}
