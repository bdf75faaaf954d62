package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.FieldSets;
import io.gitopstoolkit.apply.internal.JsonPointer;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which fields of an object are ignored by the rules of an applier, and what is sent in their place. Safe between threads. */
final class IgnoredFields {
    /** Ignores nothing. */
    static final IgnoredFields NONE = new IgnoredFields(List.of());

    private final List<Compiled> rules;

    IgnoredFields(List<IgnoreRule> rules) {
        this.rules = rules.stream()
                .map(rule -> new Compiled(
                        rule.target().matcher(),
                        rule.paths().stream().map(JsonPointer::parse).toList()))
                .toList();
    }

    private record Compiled(Selector.Matcher target, List<JsonPointer> paths) {}

    /** The ignored places of an object; later items of a list come before the earlier ones. */
    List<JsonPointer> of(Manifest object) {
        return rules.stream()
                .filter(rule -> rule.target().matches(object))
                .flatMap(rule -> rule.paths().stream())
                .distinct()
                .sorted(Comparator.<JsonPointer>naturalOrder().reversed())
                .toList();
    }

    /** The object without the ignored fields, and without what managed fields say of them. */
    static Manifest without(Manifest object, List<JsonPointer> ignored) {
        Map<String, @Nullable Object> content = object.content();
        for (JsonPointer pointer : ignored) {
            content = pointer.put(content, null);
        }
        return new Manifest(content);
    }

    /**
     * What is to be sent in place of a manifest: of the ignored fields that are another in the cluster, those that another
     * manager applied are left out, and the others have the value that they have in the cluster.
     *
     * @param live the object as it is
     * @param manager ours
     */
    static Manifest payload(Manifest desired, Manifest live, List<JsonPointer> ignored, String manager) {
        Map<String, @Nullable Object> content = desired.content();
        for (JsonPointer pointer : ignored) {
            Optional<Object> wanted = pointer.in(desired.content());
            Optional<Object> there = pointer.in(live.content());
            if (wanted.isPresent() && !wanted.equals(there)) {
                boolean others = isAppliedByAnother(live, pointer, manager);
                content = pointer.put(content, others ? null : there.orElse(null));
            }
        }
        return new Manifest(content);
    }

    private static boolean isAppliedByAnother(Manifest live, JsonPointer pointer, String manager) {
        return Tree.maps(live.content(), "metadata", "managedFields").stream()
                .filter(entry -> "Apply".equals(entry.get("operation")))
                .filter(entry -> !manager.equals(entry.get("manager")))
                .anyMatch(entry -> FieldSets.holds(Tree.map(entry, "fieldsV1"), pointer.steps(), live.content()));
    }

    /** The fields that our manager holds, without the ignored ones. */
    static Map<String, @Nullable Object> ownedFields(Manifest object, List<JsonPointer> ignored, String manager) {
        Map<String, @Nullable Object> owned = new LinkedHashMap<>(OwnedFields.of(object, manager));
        for (JsonPointer pointer : ignored) {
            owned = FieldSets.without(owned, pointer.steps(), object.content());
        }
        return owned;
    }
}
