package io.gitopstoolkit.apply.health;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An object as the rules read it. */
final class LiveObject {
    private final Manifest manifest;

    LiveObject(Manifest manifest) {
        this.manifest = manifest;
    }

    /** A condition of the object's status. */
    record Condition(String type, String status, String reason, String message) {
        boolean isTrue() {
            return "True".equals(status);
        }

        boolean isFalse() {
            return "False".equals(status);
        }

        /** The message, else the reason, else {@code fallback}. */
        String why(String fallback) {
            if (!message.isEmpty()) {
                return message;
            }
            return reason.isEmpty() ? fallback : reason;
        }
    }

    /** The kind, with its group unless that is the core: {@code apps/Deployment}, {@code Pod}. */
    String qualifiedKind() {
        String group = manifest.ref().group();
        return group.isEmpty() ? manifest.kind() : group + '/' + manifest.kind();
    }

    String kind() {
        return manifest.kind();
    }

    boolean has(String... path) {
        return Tree.at(manifest.content(), path) != null;
    }

    String text(String fallback, String... path) {
        return Tree.text(manifest.content(), fallback, path);
    }

    /** An integer; {@code fallback} where there is none. */
    long number(long fallback, String... path) {
        return integer(path).orElse(fallback);
    }

    /** The integer at {@code path}, if that is what is there. */
    OptionalLong integer(String... path) {
        Object value = Tree.at(manifest.content(), path);
        return value instanceof Number number && (value instanceof Integer || value instanceof Long)
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** A number of the status, zero where it is not there. */
    long status(String field) {
        return number(0, "status", field);
    }

    boolean isTrue(String... path) {
        return Boolean.TRUE.equals(Tree.at(manifest.content(), path));
    }

    List<Map<String, @Nullable Object>> maps(String... path) {
        return Tree.maps(manifest.content(), path);
    }

    /** The conditions of the status, in their order. */
    List<Condition> conditions() {
        return maps("status", "conditions").stream()
                .map(condition -> new Condition(
                        Tree.text(condition, "", "type"),
                        Tree.text(condition, "", "status"),
                        Tree.text(condition, "", "reason"),
                        Tree.text(condition, "", "message")))
                .toList();
    }

    /** The conditions of this type; one at most, where the object was written with care. */
    List<Condition> conditions(String type) {
        return conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .toList();
    }

    /** Whether the conditions are something else than a list of conditions. */
    boolean hasUnreadableConditions() {
        Object conditions = Tree.at(manifest.content(), "status", "conditions");
        return conditions != null
                && (!(conditions instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance));
    }
}
