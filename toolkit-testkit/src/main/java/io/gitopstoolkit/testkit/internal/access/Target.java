package io.gitopstoolkit.testkit.internal.access;

import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a request is about, in Kubernetes' words.
 *
 * @param verb such as {@code list}; of a path that is no resource the method in lower case
 * @param group empty for the core group
 * @param resource empty for a path that is no resource
 * @param subresource empty for the object itself
 * @param namespace of a namespace its own name
 * @param name empty for a collection
 * @param path of what is no resource
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb">the verbs</a>
 */
public record Target(
        String verb,
        String group,
        String version,
        String resource,
        String subresource,
        String namespace,
        String name,
        String path) {
    private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");
    private static final String BY_NAME = "metadata.name=";

    /** What is asked of a path. */
    public static Target ofPath(String verb, String path) {
        return new Target(verb, "", "", "", "", "", "", path);
    }

    /** What is asked of a resource. */
    public static Target of(String verb, String group, String resource, String namespace, String name) {
        return new Target(verb, group, "", resource, "", namespace, name, "");
    }

    /** What a request is about. */
    public static Target of(HttpRequest request) {
        String path = request.path();
        List<String> parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
        boolean core = !parts.isEmpty() && parts.get(0).equals("api");
        boolean grouped = !parts.isEmpty() && parts.get(0).equals("apis");
        int start = core ? 2 : 3;
        if ((!core && !grouped) || parts.size() <= start) {
            String method = request.method();
            return ofPath(method.toLowerCase(Locale.ROOT), path);
        }
        return ofResource(request, core ? "" : parts.get(1), parts.get(start - 1), parts.subList(start, parts.size()));
    }

    private static Target ofResource(HttpRequest request, String group, String version, List<String> path) {
        boolean oldWatch = path.get(0).equals("watch") && path.size() > 1;
        List<String> rest = oldWatch ? path.subList(1, path.size()) : path;
        String namespace = "";
        if (rest.get(0).equals("namespaces") && rest.size() > 1) {
            namespace = rest.get(1);
            rest = rest.size() > 2 && !OF_NAMESPACES.contains(rest.get(2)) ? rest.subList(2, rest.size()) : rest;
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        String verb = oldWatch ? "watch" : verb(request, name.isEmpty());
        if (name.isEmpty()) {
            name = nameInSelector(request);
        }
        return new Target(verb, group, version, rest.get(0), subresource, namespace, name, "");
    }

    private static String verb(HttpRequest request, boolean collection) {
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> {
                List<String> watch = request.query().getOrDefault("watch", List.of());
                boolean watches = !watch.isEmpty()
                        && !watch.get(0).equals("false")
                        && !watch.get(0).equals("0");
                yield watches ? "watch" : collection ? "list" : "get";
            }
        };
    }

    /** A list or watch of the one object of a name is about that object. */
    private static String nameInSelector(HttpRequest request) {
        List<String> selector = request.query().getOrDefault("fieldSelector", List.of());
        return selector.size() == 1
                        && selector.get(0).startsWith(BY_NAME)
                        && !selector.get(0).contains(",")
                ? selector.get(0).substring(BY_NAME.length())
                : "";
    }

    /** Whether it is about a resource rather than a path. */
    public boolean isResource() {
        return !resource.isEmpty();
    }

    /** The same with another verb. */
    public Target withVerb(String other) {
        return new Target(other, group, version, resource, subresource, namespace, name, path);
    }

    /** What the real server says to a user who may not. */
    public String refusal(String user, String reason) {
        String said = reason.isEmpty() ? "" : ": " + reason;
        if (!isResource()) {
            return "forbidden: User \"" + user + "\" cannot " + verb + " path \"" + path + "\"" + said;
        }
        String where = namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
        return (group.isEmpty() ? resource : resource + "." + group)
                + (name.isEmpty() ? "" : " \"" + name + "\"")
                + " is forbidden: User \"" + user + "\" cannot " + verb + " resource \"" + resource
                + (subresource.isEmpty() ? "" : "/" + subresource) + "\" in API group \"" + group + "\" " + where
                + said;
    }
}
