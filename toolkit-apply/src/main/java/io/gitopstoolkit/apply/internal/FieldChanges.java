package io.gitopstoolkit.apply.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields that differ between two states of one object, and who holds each: in everything but the status and the
 * metadata that the API server keeps for itself.
 */
public final class FieldChanges {
    private static final Set<String> NOT_COMPARED = Set.of("apiVersion", "kind", "metadata", "status");
    private static final List<String> METADATA = List.of("labels", "annotations", "finalizers", "ownerReferences");

    private final List<FieldChange> changes = new ArrayList<>();

    private FieldChanges() {}

    /**
     * One field that differs.
     *
     * @param path such as {@code spec.template.spec.containers[name=web].image}
     * @param pointer the same as a JSON pointer into the state after, or into the one before if only that has it
     * @param before null where only the state after has it
     * @param after null where only the state before has it
     * @param heldBefore who held it, or something in it
     * @param heldAfter who holds it, or something in it, after
     */
    public record FieldChange(
            String path,
            String pointer,
            @Nullable Object before,
            @Nullable Object after,
            List<FieldHolder> heldBefore,
            List<FieldHolder> heldAfter) {
        /** The path; the values, which may be a Secret's, stay out of it. */
        @Override
        public String toString() {
            return path;
        }
    }

    /** Where a comparison is: the path so far, and the managers from there on, before and after. */
    private record Place(String path, String pointer, Managers before, Managers after) {
        Place field(String name) {
            return new Place(
                    path + ListItems.step(name),
                    pointer + '/' + escaped(name),
                    before.at("f:" + name),
                    after.at("f:" + name));
        }

        Place item(ListItems.Item item) {
            String step = item.step();
            return new Place(
                    path + item.text(),
                    pointer + '/' + item.index(),
                    step.isEmpty() ? before : before.at(step),
                    step.isEmpty() ? after : after.at(step));
        }

        List<String> steps(String kind) {
            var steps = new TreeSet<>(before.steps(kind));
            steps.addAll(after.steps(kind));
            return List.copyOf(steps);
        }

        private static String escaped(String name) {
            return name.replace("~", "~0").replace("/", "~1");
        }
    }

    /**
     * Compares; both states may hold {@code metadata.managedFields}, which then tell the keys of list items and the
     * managers.
     *
     * @return labels, annotations, finalizers and owner references first, then the rest by name
     */
    public static List<FieldChange> of(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        var found = new FieldChanges();
        var root = new Place("", "", Managers.of(before), Managers.of(after));
        Place metadata = root.field("metadata");
        for (String name : METADATA) {
            found.compare(metadata.field(name), Tree.at(before, "metadata", name), Tree.at(after, "metadata", name));
        }
        for (String key : keys(before, after)) {
            if (!NOT_COMPARED.contains(key)) {
                found.compare(root.field(key), before.get(key), after.get(key));
            }
        }
        return List.copyOf(found.changes);
    }

    private void compare(Place place, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> left && after instanceof Map<?, ?> right) {
            for (String key : keys(left, right)) {
                compare(place.field(key), left.get(key), right.get(key));
            }
        } else if (before instanceof List<?> left && after instanceof List<?> right) {
            lists(place, left, right);
        } else {
            add(place, before, after);
        }
    }

    private void lists(Place place, List<?> before, List<?> after) {
        int known = changes.size();
        for (var pair : ListItems.pair(before, after, place.steps("k:"), place.steps("v:"))) {
            compare(place.item(pair.item()), pair.before(), pair.after());
        }
        if (changes.size() == known) {
            add(place, before, after); // the same items in another order
        }
    }

    private void add(Place place, @Nullable Object before, @Nullable Object after) {
        changes.add(new FieldChange(
                place.path().startsWith(".") ? place.path().substring(1) : place.path(),
                place.pointer(),
                before,
                after,
                place.before().all(),
                place.after().all()));
    }

    private static Set<String> keys(Map<?, ?> before, Map<?, ?> after) {
        var keys = new TreeSet<String>();
        before.keySet().forEach(key -> keys.add(String.valueOf(key)));
        after.keySet().forEach(key -> keys.add(String.valueOf(key)));
        return keys;
    }
}
