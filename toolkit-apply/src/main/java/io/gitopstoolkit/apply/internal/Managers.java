package io.gitopstoolkit.apply.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the fields below one field of an object, by its {@code metadata.managedFields}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">Kubernetes: field
 *     management</a>
 */
final class Managers {
    private static final Map<String, @Nullable Object> WHOLE = Map.of();

    private final List<Hold> holds;

    private Managers(List<Hold> holds) {
        this.holds = holds;
    }

    /**
     * A manager, and its fields from here on.
     *
     * @param fields a node of the managed fields; empty for one who holds all that is below
     */
    private record Hold(FieldHolder manager, Map<String, @Nullable Object> fields) {}

    /** Those of the whole object. */
    static Managers of(Map<String, @Nullable Object> object) {
        return new Managers(Tree.maps(object, "metadata", "managedFields").stream()
                .filter(entry -> !Tree.map(entry, "fieldsV1").isEmpty())
                .map(entry -> new Hold(FieldHolder.of(entry), Tree.map(entry, "fieldsV1")))
                .toList());
    }

    /** Those of a field: {@code f:<name>} of a map, {@code k:<keys>} or {@code v:<value>} of a list. */
    Managers at(String step) {
        var below = new ArrayList<Hold>();
        for (Hold hold : holds) {
            if (hold.fields().isEmpty()) {
                below.add(hold);
            } else if (hold.fields().get(step) instanceof Map<?, ?> fields) {
                below.add(new Hold(hold.manager(), fields.isEmpty() ? WHOLE : Tree.cast(fields)));
            }
        }
        return new Managers(below);
    }

    /** Whoever holds the field, or something in it, in the order of their names. */
    List<FieldHolder> all() {
        return holds.stream()
                .map(Hold::manager)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** The steps from here that begin with {@code kind}, such as {@code k:}, of all managers. */
    List<String> steps(String kind) {
        return holds.stream()
                .flatMap(hold -> hold.fields().keySet().stream())
                .filter(step -> step.startsWith(kind))
                .distinct()
                .sorted()
                .toList();
    }

    /** Those who hold the field itself, not only something in it. */
    List<FieldHolder> holders() {
        return new Managers(holds.stream()
                        .filter(hold -> hold.fields().isEmpty() || hold.fields().containsKey("."))
                        .toList())
                .all();
    }
}
