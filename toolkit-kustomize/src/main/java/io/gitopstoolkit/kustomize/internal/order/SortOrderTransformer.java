package io.gitopstoolkit.kustomize.internal.order;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.order.SortOptions.Legacy;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;

/** Puts resources in the order of their kinds, or leaves them as they came. */
public final class SortOrderTransformer {
    private static final Legacy DEFAULT = new Legacy(Gvk.ORDER_FIRST, Gvk.ORDER_LAST);

    private final SortOptions options;

    /**
     * Sorts as these options say.
     *
     * @throws KustomizeException if they contradict themselves
     */
    public SortOrderTransformer(SortOptions options) {
        this.options = options;
        boolean legacy = options.order().equals("legacy");
        if (!legacy && !options.order().equals("fifo")) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION, "the field 'sortOptions.order' must be one of [fifo, legacy]");
        }
        if (!legacy && options.legacy() != null) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not"
                            + " 'legacy'");
        }
    }

    /**
     * Sorts the resources.
     *
     * @throws KustomizeException if two have one id
     */
    public void transform(ResourceSet resources) {
        resources.checkUnique();
        if (options.order().equals("legacy")) {
            Legacy lists = options.legacy();
            resources.sort(order(lists == null ? DEFAULT : lists));
        }
    }

    private static Comparator<Resource> order(Legacy lists) {
        Map<String, Integer> ranks = Gvk.ranks(lists.orderFirst(), lists.orderLast());
        var keys = new IdentityHashMap<Resource, Key>();
        return (a, b) -> compare(
                keys.computeIfAbsent(a, resource -> Key.of(resource, ranks)),
                keys.computeIfAbsent(b, resource -> Key.of(resource, ranks)));
    }

    private static int compare(Key a, Key b) {
        if (a.rank != b.rank) {
            return Integer.compare(a.rank, b.rank);
        }
        int byKind = compareKinds(a, b);
        return byKind != 0 ? byKind : a.place.compareTo(b.place);
    }

    /** A Namespace of the core group comes before one of another group. */
    private static int compareKinds(Key a, Key b) {
        boolean turned = a.gvk.kind().equals("Namespace")
                && b.gvk.kind().equals("Namespace")
                && (a.gvk.group().isEmpty() || b.gvk.group().isEmpty());
        int result = a.kindText.compareTo(b.kindText);
        return turned ? -result : result;
    }

    private record Key(int rank, Gvk gvk, String kindText, String place) {
        static Key of(Resource resource, Map<String, Integer> ranks) {
            Gvk gvk = resource.gvk();
            String namespace = resource.namespace();
            String name = resource.name();
            return new Key(
                    ranks.getOrDefault(gvk.kind(), 0),
                    gvk,
                    gvk.sortText(),
                    (namespace.isEmpty() ? "~X" : namespace) + '|' + (name.isEmpty() ? "~N" : name));
        }
    }
}
