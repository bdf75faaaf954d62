package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.ObjectRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A kind as the API server serves it in one version.
 *
 * @param apiVersion such as {@code apps/v1}
 * @param name such as {@code Deployment}
 * @param plural such as {@code deployments}
 * @param namespaced whether its objects live in namespaces
 */
public record Kind(String apiVersion, String name, String plural, boolean namespaced) {
    /** The group, empty for the core group. */
    public String group() {
        return ObjectRef.groupOf(apiVersion);
    }

    /** The version without its group. */
    public String version() {
        return apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
    }

    /** The path of all objects of a namespace, or of the cluster where {@code namespace} is empty. */
    public String path(String namespace) {
        String root = group().isEmpty() ? "/api/" : "/apis/";
        String inside = namespace.isEmpty() ? "" : "/namespaces/" + escape(namespace);
        return root + apiVersion + inside + '/' + plural;
    }

    /** The path of one object. */
    public String path(ObjectRef ref) {
        return path(namespaced ? ref.namespace() : "") + '/' + escape(ref.name());
    }

    /** {@code text} as part of a path or a query. */
    public static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
