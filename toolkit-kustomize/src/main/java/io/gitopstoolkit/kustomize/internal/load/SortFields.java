package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.order.SortOptions;
import java.util.Set;

/** Reads {@code sortOptions}. */
final class SortFields {
    static final Set<String> KNOWN = Set.of("order", "legacySortOptions");

    private SortFields() {}

    static SortOptions read(Fields fields) {
        return new SortOptions(
                fields.text("order"),
                fields.object(
                        "legacySortOptions",
                        Set.of("orderFirst", "orderLast"),
                        legacy -> new SortOptions.Legacy(legacy.texts("orderFirst"), legacy.texts("orderLast"))));
    }
}
