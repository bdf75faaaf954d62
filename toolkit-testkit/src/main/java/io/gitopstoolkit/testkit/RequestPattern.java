package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which requests to an {@link EmbeddedKubernetes} are meant: all, and then fewer with each condition. Immutable.
 *
 * <pre>{@code
 * RequestPattern.any().verb("list", "watch").resource("apps", "deployments").namespace("shop").user("alice")
 * }</pre>
 */
public final class RequestPattern implements Predicate<RecordedRequest> {
    private static final RequestPattern ANY = new RequestPattern(request -> true);

    private final Predicate<RecordedRequest> conditions;

    private RequestPattern(Predicate<RecordedRequest> conditions) {
        this.conditions = conditions;
    }

    /** All requests. */
    public static RequestPattern any() {
        return ANY;
    }

    /** All requests that may change something. */
    public static RequestPattern writes() {
        return ANY.where(RecordedRequest::isWrite);
    }

    /** Those with one of the verbs, such as {@code create} or {@code list}. */
    public RequestPattern verb(String... verbs) {
        List<String> wanted = List.of(verbs);
        return where(request -> wanted.contains(request.verb()));
    }

    /**
     * Those for a resource, without its subresources.
     *
     * @param group empty for the core group
     * @param resource such as {@code deployments}, or {@code deployments/status} for a subresource; {@code *} for all
     *     resources and subresources of the group
     */
    public RequestPattern resource(String group, String resource) {
        requireNonNull(group, "group");
        requireNonNull(resource, "resource");
        return where(request -> request.group().equals(group)
                && (resource.equals("*")
                        ? !request.resource().isEmpty()
                        : nameOf(request).equals(resource)));
    }

    private static String nameOf(RecordedRequest request) {
        return request.subresource().isEmpty() ? request.resource() : request.resource() + "/" + request.subresource();
    }

    /** Those for one namespace. */
    public RequestPattern namespace(String namespace) {
        requireNonNull(namespace, "namespace");
        return where(request -> request.namespace().equals(namespace));
    }

    /** Those for objects of that name. */
    public RequestPattern name(String name) {
        requireNonNull(name, "name");
        return where(request -> request.name().equals(name));
    }

    /** Those that are carried out as that user. */
    public RequestPattern user(String user) {
        requireNonNull(user, "user");
        return where(request -> request.user().equals(user));
    }

    /** Those that are carried out as a user of that group. */
    public RequestPattern group(String group) {
        requireNonNull(group, "group");
        return where(request -> request.groups().contains(group));
    }

    /** Those by a method of HTTP, such as {@code PATCH}. */
    public RequestPattern method(String method) {
        String wanted = method.toUpperCase(Locale.ROOT);
        return where(request -> request.method().equals(wanted));
    }

    /** Those whose path begins like this. */
    public RequestPattern path(String beginning) {
        requireNonNull(beginning, "beginning");
        return where(request -> request.path().startsWith(beginning));
    }

    /** Those of which the condition is true too. */
    public RequestPattern where(Predicate<RecordedRequest> condition) {
        return new RequestPattern(conditions.and(requireNonNull(condition, "condition")));
    }

    @Override
    public boolean test(RecordedRequest request) {
        return conditions.test(request);
    }
}
