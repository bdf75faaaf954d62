package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.http.HttpResponse;
import io.gitopstoolkit.testkit.internal.json.Json;
import java.util.List;

/** Resources that the real server warns of whenever they are asked for, and how it says so. */
final class Deprecations {
    private Deprecations() {}

    static List<String> of(Resource resource) {
        return switch (resource.qualifiedName()) {
            case "endpoints" -> List.of("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
            case "componentstatuses" -> List.of("v1 ComponentStatus is deprecated in v1.19+");
            default -> resource.deprecation().isEmpty() ? List.of() : List.of(resource.deprecation());
        };
    }

    /** The response with a header for each warning. */
    static HttpResponse warned(HttpResponse response, List<String> warnings) {
        HttpResponse warned = response;
        for (String warning : warnings) {
            warned = warned.with("Warning", "299 - " + Json.print(warning));
        }
        return warned;
    }
}
