package io.gitopstoolkit.kustomize.internal.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects resources by any of the ids that they have or had, as replacements do: unlike a {@link Selector}, one id has
 * to match as a whole, and a namespace counts as it is written.
 */
public final class IdSelector {
    private final Selector selector;
    private final boolean isAnyId;
    private final @Nullable LabelSelector labels;
    private final @Nullable LabelSelector annotations;

    /**
     * Compiles a selector.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if an expression or a selector is not well formed
     */
    public IdSelector(Selector.Texts texts) {
        selector = new Selector(texts);
        isAnyId = texts.group().isEmpty()
                && texts.version().isEmpty()
                && texts.kind().isEmpty()
                && texts.name().isEmpty()
                && texts.namespace().isEmpty();
        labels = texts.labelSelector().isEmpty() ? null : LabelSelector.parse(texts.labelSelector());
        annotations = texts.annotationSelector().isEmpty() ? null : LabelSelector.parse(texts.annotationSelector());
    }

    /**
     * An id as kustomize writes it down.
     *
     * @param gvk group, version and kind
     * @param name the name
     * @param namespace as it is written, of the current id; the effective one, of those before
     */
    public record Written(Gvk gvk, String name, String namespace) {}

    /** The current id of a resource, and those before. */
    public static List<Written> ids(Resource resource) {
        Gvk gvk = resource.gvk();
        var ids = new ArrayList<Written>(1 + resource.history().names().size());
        ids.add(new Written(gvk, resource.name(), resource.namespace()));
        for (History.Name name : resource.history().names()) {
            ids.add(new Written(new Gvk(gvk.group(), gvk.version(), name.kind()), name.name(), name.namespace()));
        }
        return ids;
    }

    /** The resources that are selected, in order, as long as none of {@code rejects} does reject them. */
    public List<Resource> select(ResourceSet set, List<IdSelector> rejects) {
        var selected = new ArrayList<Resource>();
        for (Resource resource : selector.candidates(set)) {
            if (matchesMetadata(resource) && !isRejected(resource, rejects) && matchesId(resource)) {
                selected.add(resource);
            }
        }
        return selected;
    }

    private static boolean isRejected(Resource resource, List<IdSelector> rejects) {
        for (IdSelector reject : rejects) {
            if (reject.rejects(resource)) {
                return true;
            }
        }
        return false;
    }

    /** Whether labels and annotations match. */
    private boolean matchesMetadata(Resource resource) {
        return (labels == null || labels.matches(resource.labels()))
                && (annotations == null || annotations.matches(resource.annotations()));
    }

    /** Whether one of the ids matches. */
    private boolean matchesId(Resource resource) {
        for (Written id : ids(resource)) {
            if (selector.matches(id)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a resource is rejected: by its labels and annotations, or by an id; what is empty rejects nothing. */
    private boolean rejects(Resource resource) {
        boolean byMetadata = (labels != null || annotations != null) && matchesMetadata(resource);
        return byMetadata || (!isAnyId && matchesId(resource));
    }
}
