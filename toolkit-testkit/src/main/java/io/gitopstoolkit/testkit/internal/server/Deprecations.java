package io.gitopstoolkit.testkit.internal.server;

import java.util.List;

/** Resources that the real server warns of whenever they are asked for. */
final class Deprecations {
    private Deprecations() {}

    static List<String> of(Resource resource) {
        return switch (resource.qualifiedName()) {
            case "endpoints" -> List.of("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
            case "componentstatuses" -> List.of("v1 ComponentStatus is deprecated in v1.19+");
            default -> resource.deprecation().isEmpty() ? List.of() : List.of(resource.deprecation());
        };
    }
}
