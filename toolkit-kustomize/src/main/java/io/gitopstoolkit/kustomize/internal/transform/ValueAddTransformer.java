package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.resource.Selector;
import io.gitopstoolkit.kustomize.internal.transform.ReplacementPath.Place;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one value into fields, or puts it into the file paths that they hold. */
public final class ValueAddTransformer implements Transformer {
    private static final String NAMESPACE = "metadata/namespace";

    private final String value;
    private final List<Target> targets;

    /** Writes this value into these fields. */
    public ValueAddTransformer(String value, List<Target> targets) {
        this.value = value;
        this.targets = List.copyOf(targets);
    }

    /**
     * A field.
     *
     * @param selector of which resources, or null for all
     * @param fieldPath the names on the way, parted by {@code /}
     * @param position where in a file path the value goes, from 1; 0 to replace the field's value
     */
    public record Target(Selector.@Nullable Texts selector, String fieldPath, int position) {}

    @Override
    public void transform(ResourceSet resources) {
        for (Target target : targets) {
            Selector.Texts selector = target.selector;
            List<Resource> selected = selector == null ? resources.list() : new Selector(selector).select(resources);
            for (Resource resource : selected) {
                apply(resource, target);
                resources.changed(resource);
            }
        }
    }

    private void apply(Resource resource, Target target) {
        if (target.fieldPath.equals(NAMESPACE)) {
            new NamespaceTransformer(value, List.of()).setIn(resource);
            return;
        }
        resource.showAnnotations();
        try {
            Place place = new FieldPath(target.fieldPath).lookupOrCreate(resource.root());
            if (place != null) {
                set(resource, place, target.position);
            }
        } catch (KustomizeException e) {
            throw new KustomizeException(e.why(), resource + ": " + e.getMessage(), e);
        }
    }

    private void set(Resource resource, Place place, int position) {
        Node old = place.value();
        if (!(old instanceof ScalarNode)) {
            throw new KustomizeException(
                    KustomizeException.Reason.TRANSFORM_FAILED, "a value can be added to a scalar alone");
        }
        String text = position > 0 ? inserted(Scalars.rawText(old), position - 1, value) : value;
        if (text.isEmpty()) {
            return;
        }
        ScalarNode changed = Scalars.retyped(old, text);
        if (place.parent() instanceof MapNode map) {
            resource.set(map, place.position(), changed);
        } else {
            ((ListNode) place.parent()).set(place.position(), changed);
        }
    }

    /** A file path with one more part. The slash that an absolute path begins with does not count as one. */
    private static String inserted(String path, int position, String part) {
        boolean absolute = path.startsWith("/");
        var parts = new ArrayList<String>();
        for (String old : path.split("/", -1)) {
            if (!old.isEmpty()) {
                parts.add(old);
            }
        }
        parts.add(Math.min(position, parts.size()), part);
        return (absolute ? "/" : "") + cleaned(parts, absolute);
    }

    /** The parts joined, dots resolved. */
    private static String cleaned(List<String> parts, boolean absolute) {
        var clean = new ArrayList<String>();
        for (String part : String.join("/", parts).split("/", -1)) {
            boolean canGoUp = !clean.isEmpty() && !clean.get(clean.size() - 1).equals("..");
            if (part.equals("..") && (canGoUp || absolute)) {
                if (canGoUp) {
                    clean.remove(clean.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                clean.add(part);
            }
        }
        return clean.isEmpty() && !absolute ? "." : String.join("/", clean);
    }
}
