package io.gitopstoolkit.apply.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the fields that the managers of an object hold, by {@code metadata.managedFields}. */
public final class HeldFields {
    private final FieldHolder holder;
    private final List<Held> found;

    private HeldFields(FieldHolder holder, List<Held> found) {
        this.holder = holder;
        this.found = found;
    }

    /** A field, by its path, and one who holds it. */
    public record Held(String path, FieldHolder holder) {}

    /** All of them, by path and holder. */
    public static List<Held> of(Map<String, @Nullable Object> object) {
        var found = new ArrayList<Held>();
        for (var entry : Tree.maps(object, "metadata", "managedFields")) {
            new HeldFields(FieldHolder.of(entry), found).walk("", Tree.map(entry, "fieldsV1"));
        }
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Held::path).thenComparing(Held::holder))
                .toList();
    }

    private void walk(String path, Map<?, ?> fields) {
        if (!path.isEmpty() && (fields.isEmpty() || fields.containsKey("."))) {
            found.add(new Held(path.startsWith(".") ? path.substring(1) : path, holder));
        }
        fields.forEach((step, below) -> {
            if (below instanceof Map<?, ?> inner && !".".equals(step)) {
                walk(path + ListItems.text(String.valueOf(step)), inner);
            }
        });
    }
}
