package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.Drift.Author;
import io.gitopstoolkit.apply.internal.Tree;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out who changed an object, by its managed fields. */
final class Authors {
    private final String fieldManager;

    /** With the field manager of the owner. */
    Authors(String fieldManager) {
        this.fieldManager = fieldManager;
    }

    /**
     * The other manager that last wrote: among those that hold one of the fields that differ, or where nobody does, as
     * after a removal, among all; null where there is none.
     */
    @Nullable
    Author of(Manifest live, List<Plan.Field> fields) {
        Set<String> holders = fields.stream()
                .flatMap(field -> field.holders().stream())
                .map(holder -> holder.operation() + ' ' + holder.manager())
                .collect(Collectors.toSet());
        return Tree.maps(live.content(), "metadata", "managedFields").stream()
                .filter(entry -> !Tree.text(entry, "", "subresource").equals("status"))
                .filter(entry -> !isOurs(entry))
                .map(Authors::author)
                .max(Comparator.comparing(
                                (Author author) -> holders.contains(author.operation() + ' ' + author.manager()))
                        .thenComparing(Author::time))
                .orElse(null);
    }

    private boolean isOurs(Map<String, @Nullable Object> entry) {
        return fieldManager.equals(entry.get("manager")) && "Apply".equals(entry.get("operation"));
    }

    private static Author author(Map<String, @Nullable Object> entry) {
        return new Author(
                Tree.text(entry, "", "manager"), Tree.text(entry, "", "operation"), time(Tree.text(entry, "", "time")));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH; // managed fields may come without
        }
    }
}
