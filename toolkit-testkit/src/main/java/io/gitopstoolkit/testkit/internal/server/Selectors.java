package io.gitopstoolkit.testkit.internal.server;

import java.util.Map;
import java.util.function.Predicate;

/** Label and field selectors of lists and watches. */
final class Selectors {
    private Selectors() {}

    /** What both selectors of the request choose. */
    static Predicate<Map<String, Object>> of(ApiRequest request) {
        return LabelSelector.parse(request.parameter("labelSelector"))
                .and(FieldSelector.parse(request.resource(), request.parameter("fieldSelector")));
    }
}
