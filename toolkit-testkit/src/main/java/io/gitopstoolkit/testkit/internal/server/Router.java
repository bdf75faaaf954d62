package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the resource and the object that a path names. */
final class Router {
    /** Subresources and resources that need nodes, a network or other parts that an API alone does not have. */
    private static final Set<String> OUT_OF_REACH = Set.of(
            "exec",
            "attach",
            "portforward",
            "log",
            "proxy",
            "binding",
            "eviction",
            "resize",
            "ephemeralcontainers",
            "approval");

    private static final Set<String> SUBRESOURCES = Set.of("status", "scale", "finalize");

    private static final Pattern WATCH = Pattern.compile("/apis?/([^/]+/)?[^/]+/watch/.*");

    private final Registry registry;

    Router(Registry registry) {
        this.registry = registry;
    }

    /**
     * What the request is about; null where the path is none of this API's.
     *
     * @throws ApiException if the resource is not served, does not allow the method, or cannot do what is asked
     */
    @Nullable
    ApiRequest find(HttpRequest request) {
        List<String> parts = Arrays.stream(request.path().split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        boolean core = !parts.isEmpty() && parts.get(0).equals("api");
        boolean grouped = !parts.isEmpty() && parts.get(0).equals("apis");
        int start = core ? 2 : 3;
        if ((!core && !grouped) || parts.size() <= start) {
            return null;
        }
        String group = core ? "" : parts.get(1);
        String version = parts.get(start - 1);
        if (!registry.serves(group, version)) {
            return null;
        }
        List<String> rest = parts.subList(start, parts.size());
        ApiRequest found =
                resolve(request, group, version, rest.get(0).equals("watch") ? rest.subList(1, rest.size()) : rest);
        checkCan(found);
        return found;
    }

    private ApiRequest resolve(HttpRequest request, String group, String version, List<String> path) {
        String namespace = "";
        List<String> rest = path;
        boolean inNamespace = rest.size() > 2
                && rest.get(0).equals("namespaces")
                && !(rest.size() == 3 && SUBRESOURCES.contains(rest.get(2)));
        if (inNamespace) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        Resource resource = rest.isEmpty() ? null : registry.find(group, version, rest.get(0));
        if (resource == null || rest.size() > 3 || (resource.isNamespaced() && !inNamespace && rest.size() > 1)) {
            throw ApiException.unknownResource();
        }
        if (!resource.isNamespaced() && inNamespace) {
            throw ApiException.unknownResource();
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        return new ApiRequest(request, resource, namespace, name, subresource, request.query());
    }

    private static void checkCan(ApiRequest request) {
        Resource resource = request.resource();
        String subresource = request.subresource();
        if (!subresource.isEmpty() && !resource.hasSubresource(subresource)) {
            throw ApiException.unknownResource();
        }
        if (OUT_OF_REACH.contains(subresource)) {
            throw ApiException.notImplemented("the subresource " + subresource + " of " + resource.qualifiedName());
        }
        boolean review = Reviews.isReview(resource);
        if ((!resource.verbs().contains("get") && !review) || resource.is("", "componentstatuses")) {
            throw ApiException.notImplemented(resource.qualifiedName());
        }
        boolean collection = request.name().isEmpty();
        String method = request.http().method();
        boolean allowed = switch (method) {
            case "GET", "HEAD" -> !review && !subresource.equals("token");
            case "POST" ->
                collection != subresource.equals("token")
                        && (!resource.isNamespaced() || !request.namespace().isEmpty());
            case "PUT", "PATCH" -> !collection && !subresource.equals("token");
            case "DELETE" ->
                subresource.isEmpty() && (!collection || resource.verbs().contains("deletecollection"));
            default -> false;
        };
        if (!allowed) {
            throw ApiException.methodNotAllowed();
        }
    }

    boolean isWatch(ApiRequest request) {
        return request.http().method().equals("GET")
                && request.subresource().isEmpty()
                && (request.flag("watch")
                        || WATCH.matcher(request.http().path()).matches());
    }
}
