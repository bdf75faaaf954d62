package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Enough of OpenAPI v3 for clients that ask whether field validation is understood before they send it. */
final class OpenApi {
    private static final String ROOT = "/openapi/v3";

    private final Registry registry;

    OpenApi(Registry registry) {
        this.registry = registry;
    }

    /**
     * The document at a path; null where there is none.
     *
     * @throws ApiException 501 for OpenAPI v2
     */
    @Nullable
    Map<String, Object> document(String path) {
        if (!path.startsWith(ROOT)) {
            throw ApiException.notImplemented("OpenAPI v2");
        }
        return path.equals(ROOT) ? index() : groupVersion(path.substring(ROOT.length() + 1));
    }

    private Map<String, Object> index() {
        var paths = new LinkedHashMap<String, Object>();
        for (Resource resource : registry.all()) {
            String path = prefix(resource);
            paths.putIfAbsent(path, Tree.of("serverRelativeURL", ROOT + "/" + path));
        }
        return Tree.of("paths", paths);
    }

    private static String prefix(Resource resource) {
        return (resource.group().isEmpty() ? "api/" : "apis/") + resource.apiVersion();
    }

    private @Nullable Map<String, Object> groupVersion(String groupVersion) {
        var paths = new LinkedHashMap<String, Object>();
        for (Resource resource : registry.all()) {
            if (prefix(resource).equals(groupVersion)) {
                String scope = resource.isNamespaced() ? "/namespaces/{namespace}/" : "/";
                paths.put("/" + groupVersion + scope + resource.name() + "/{name}", Tree.of("patch", patch(resource)));
            }
        }
        if (paths.isEmpty()) {
            return null;
        }
        Map<String, Object> info = Tree.of(
                "title", "Kubernetes", "version", registry.schemas().version().get("gitVersion"));
        return Tree.of("openapi", "3.0.0", "info", info, "paths", paths);
    }

    private static Map<String, Object> patch(Resource resource) {
        var parameters = Tree.listOf(parameter("dryRun"), parameter("fieldManager"), parameter("fieldValidation"));
        Map<String, Object> kind =
                Tree.of("group", resource.group(), "version", resource.version(), "kind", resource.kind());
        return Tree.of(
                "x-kubernetes-action", "patch", "x-kubernetes-group-version-kind", kind, "parameters", parameters);
    }

    private static Map<String, Object> parameter(String name) {
        return Tree.of("name", name, "in", "query", "schema", Tree.of("type", "string", "uniqueItems", true));
    }
}
