package io.gitopstoolkit.apply.internal;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The objects that a {@link Watch} is about: those of one kind that both selectors choose.
 *
 * @param kind as the cluster serves it
 * @param namespace the one that they are in; empty for all, and for a kind without namespaces
 * @param labelSelector such as {@code app=web,tier in (a,b)}; empty for all
 * @param fieldSelector such as {@code metadata.name=web}; empty for all
 * @param metadataOnly whether nothing of an object but its metadata is asked for
 */
public record Selection(Kind kind, String namespace, String labelSelector, String fieldSelector, boolean metadataOnly) {
    private static final int PAGE = 100;
    private static final int PAGE_OF_METADATA = 500;
    private static final String JSON = "application/json";

    /** All objects of a kind, in one namespace or, where that is empty, in all. */
    public static Selection of(Kind kind, String namespace) {
        return new Selection(kind, namespace, "", "", false);
    }

    /** Of these, the ones that carry all of the labels. */
    public Selection labelled(Map<String, String> labels) {
        String selector = new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + '=' + label.getValue())
                        .collect(Collectors.joining(","));
        return new Selection(kind, namespace, selector, fieldSelector, metadataOnly);
    }

    /** Of these, the ones with this name. */
    public Selection named(String name) {
        return new Selection(kind, namespace, labelSelector, "metadata.name=" + name, metadataOnly);
    }

    /** The same with nothing of each object but its metadata, which is small however large the object is. */
    public Selection ofMetadata() {
        return new Selection(kind, namespace, labelSelector, fieldSelector, true);
    }

    /** The kind and the namespace, for messages. */
    @Override
    public String toString() {
        return kind.plural() + (namespace.isEmpty() ? "" : " of namespace " + namespace);
    }

    /**
     * The path of one page of the list.
     *
     * @param next the token for it; empty for the first page
     */
    String listPath(String next) {
        String path = path("limit=" + (metadataOnly ? PAGE_OF_METADATA : PAGE));
        return next.isEmpty() ? path : path + "&continue=" + Kind.escape(next);
    }

    /** The path of the whole list. */
    String listPath() {
        return path("limit=0");
    }

    /** The path of the changes since a version; the server is to end them after {@code lifetime}. */
    String watchPath(String resourceVersion, Duration lifetime) {
        return path("watch=true&allowWatchBookmarks=true&timeoutSeconds=" + lifetime.toSeconds() + "&resourceVersion="
                + Kind.escape(resourceVersion));
    }

    String listAccept() {
        return accept("PartialObjectMetadataList");
    }

    String watchAccept() {
        return accept("PartialObjectMetadata");
    }

    private String accept(String form) {
        return metadataOnly ? JSON + ";as=" + form + ";g=meta.k8s.io;v=v1," + JSON : JSON;
    }

    private String path(String query) {
        return kind.path(kind.namespaced() ? namespace : "")
                + '?'
                + query
                + selector("labelSelector", labelSelector)
                + selector("fieldSelector", fieldSelector);
    }

    private static String selector(String name, String value) {
        return value.isEmpty() ? "" : '&' + name + '=' + Kind.escape(value);
    }
}
