package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.IdSelector;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.resource.Selector;
import io.gitopstoolkit.kustomize.internal.transform.Replacement.Options;
import io.gitopstoolkit.kustomize.internal.transform.ReplacementPath.Place;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Copies values from fields of resources to fields of others. */
@SuppressWarnings("ReferenceEquality") // which scalar it is tells whether it was created
public final class ReplacementTransformer implements Transformer {
    private static final String DEFAULT_PATH = "metadata.name";

    private final List<Replacement> replacements;

    /** Makes these replacements, one after the other. */
    public ReplacementTransformer(List<Replacement> replacements) {
        this.replacements = List.copyOf(replacements);
    }

    @Override
    public void transform(ResourceSet resources) {
        for (Replacement replacement : replacements) {
            boolean hasSource = replacement.source() != null || replacement.sourceValue() != null;
            List<Replacement.Target> targets = replacement.targets();
            if (!hasSource || targets == null) {
                throw new KustomizeException(
                        INVALID_KUSTOMIZATION, "replacements must specify a source and at least one target");
            }
            Node value = value(resources, replacement);
            for (Replacement.Target target : targets) {
                apply(resources, target, value);
            }
        }
    }

    private static Node value(ResourceSet resources, Replacement replacement) {
        Replacement.Source source = replacement.source();
        String given = replacement.sourceValue();
        if (source == null) {
            return ScalarNode.plain(given == null ? "" : given);
        }
        if (given != null) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, "value and resource selectors are mutually exclusive");
        }
        String path = source.fieldPath().isEmpty() ? DEFAULT_PATH : source.fieldPath();
        Resource selected = selected(resources, source.id());
        Node value = ReplacementPath.of(path).lookup(selected.root());
        if (value == null
                || value.isNull()
                || (value instanceof MapNode map && map.isEmpty())
                || (value instanceof ListNode list && list.isEmpty())) {
            throw new KustomizeException(
                    TRANSFORM_FAILED, "fieldPath `" + path + "` is missing for replacement source " + selected);
        }
        return part(value, source.options(), selected);
    }

    private static Node part(Node value, Options options, Resource source) {
        if (options.delimiter().isEmpty()) {
            return value;
        }
        if (!(value instanceof ScalarNode scalar)) {
            throw new KustomizeException(
                    TRANSFORM_FAILED, source + ": delimiter option can only be used with scalar nodes");
        }
        List<String> parts = split(scalar.text(), options.delimiter());
        if (options.index() < 0 || options.index() >= parts.size()) {
            throw new KustomizeException(
                    TRANSFORM_FAILED, source + ": options.index " + options.index() + " is out of bounds");
        }
        return scalar.withText(parts.get(options.index()));
    }

    private static Resource selected(ResourceSet resources, Selector.Texts id) {
        Resource selected = null;
        List<Resource> candidates = id.name().isEmpty() ? resources.list() : resources.withName(id.name());
        for (Resource resource : candidates) {
            if (isSource(resource, id)) {
                if (selected != null) {
                    throw new KustomizeException(
                            TRANSFORM_FAILED, "multiple matches for the source: " + selected + " and " + resource);
                }
                selected = resource;
            }
        }
        if (selected == null) {
            throw new KustomizeException(
                    TRANSFORM_FAILED,
                    "nothing selected by the source " + new Gvk(id.group(), id.version(), id.kind()) + '/' + id.name());
        }
        return selected;
    }

    private static boolean isSource(Resource resource, Selector.Texts id) {
        var kinds = new Gvk(id.group(), id.version(), id.kind());
        String namespace = ResourceId.effectiveNamespace(id.namespace());
        for (IdSelector.Written written : IdSelector.ids(resource)) {
            if (written.gvk().isSelectedBy(kinds)
                    && (id.name().isEmpty() || id.name().equals(written.name()))
                    && (id.namespace().isEmpty()
                            || namespace.equals(ResourceId.effectiveNamespace(written.namespace())))) {
                return true;
            }
        }
        return false;
    }

    private static void apply(ResourceSet resources, Replacement.Target target, Node value) {
        Selector.Texts select = target.select();
        if (select == null) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, "target must specify resources to select");
        }
        var selector = new IdSelector(select);
        List<IdSelector> rejects = target.reject().stream().map(IdSelector::new).toList();
        List<ReplacementPath> paths = (target.fieldPaths().isEmpty() ? List.of(DEFAULT_PATH) : target.fieldPaths())
                .stream().map(ReplacementPath::of).toList();
        for (Resource resource : selector.select(resources, rejects)) {
            for (ReplacementPath path : paths) {
                set(resource, path, target.options(), value);
            }
            resources.changed(resource);
        }
    }

    private static void set(Resource resource, ReplacementPath path, Options options, Node value) {
        try {
            if (setInText(resource, path, options, value)) {
                return;
            }
            List<Place> places = path.match(resource.root(), options.create() ? created(value) : null);
            if (places.isEmpty()) {
                throw new KustomizeException(TRANSFORM_FAILED, "unable to find the field");
            }
            for (Place place : places) {
                Node changed = changed(place.value(), options, value);
                if (place.parent() instanceof MapNode map) {
                    resource.set(map, place.position(), changed);
                } else {
                    ((ListNode) place.parent()).set(place.position(), changed);
                }
            }
        } catch (KustomizeException e) {
            throw new KustomizeException(e.why(), resource + ": replacement of '" + path + "': " + e.getMessage(), e);
        }
    }

    /** Sets a value within a text that is itself YAML or JSON; whether it did. A delimiter has no meaning there. */
    private static boolean setInText(Resource resource, ReplacementPath path, Options options, Node value) {
        ReplacementPath.InText found = path.textOnTheWay(resource.root());
        if (found == null || !(found.place().value() instanceof ScalarNode scalar)) {
            return false;
        }
        StructuredText content = StructuredText.of(scalar.text());
        if (content == null) {
            return false;
        }
        Supplier<Node> leaf = options.create() ? created(value) : null;
        String changed = content.with(
                found.rest(),
                leaf,
                old -> old == ReplacementValues.UNTYPED
                        ? ScalarNode.plain(Scalars.rawText(value))
                        : StructuredText.changed(old, value));
        if (changed == null) {
            // Kustomize looks once more, and sets what it finds in a copy.
            return !path.match(resource.root(), leaf).isEmpty();
        }
        Place place = found.place();
        if (place.parent() instanceof MapNode map) {
            resource.set(map, place.position(), scalar.withText(changed));
        } else {
            place.set(scalar.withText(changed));
        }
        return true;
    }

    private static Supplier<Node> created(Node value) {
        if (value instanceof MapNode) {
            return MapNode::new;
        }
        return value instanceof ListNode ? ListNode::new : () -> ReplacementValues.UNTYPED;
    }

    private static Node changed(Node old, Options options, Node value) {
        Node result = value;
        if (!options.delimiter().isEmpty()) {
            if (!(old instanceof ScalarNode scalar)) {
                throw new KustomizeException(TRANSFORM_FAILED, "delimiter option can only be used with scalar nodes");
            }
            var parts = new ArrayList<>(split(scalar.text(), options.delimiter()));
            String text = Scalars.rawText(value);
            if (options.index() < 0) {
                parts.add(0, text);
            } else if (options.index() >= parts.size()) {
                parts.add(text);
            } else {
                parts.set(options.index(), text);
            }
            result = ScalarNode.string(String.join(options.delimiter(), parts));
        }
        return old instanceof ScalarNode scalar
                ? ReplacementValues.withText(scalar, Scalars.rawText(result))
                : result.copy();
    }

    private static List<String> split(String text, String delimiter) {
        return List.of(text.split(Pattern.quote(delimiter), -1));
    }

    /** What becomes of the type of a scalar whose text is replaced. */
    private static final class ReplacementValues {
        /** A created scalar, which means what its text means. */
        static final ScalarNode UNTYPED = ScalarNode.plain("");

        private ReplacementValues() {}

        /** The text under the type that was there, which it has to fit. */
        static ScalarNode withText(ScalarNode old, String text) {
            if (old == UNTYPED) {
                return ScalarNode.plain(text);
            }
            ScalarType type = old.type();
            boolean fits = type == ScalarType.STRING || type == ScalarType.BINARY || fits(type, text);
            if (!fits) {
                throw new KustomizeException(
                        TRANSFORM_FAILED,
                        "the value cannot stand in the place of a "
                                + type.name().toLowerCase(Locale.ROOT));
            }
            return old.withText(text);
        }

        private static boolean fits(ScalarType type, String text) {
            ScalarType now = ScalarResolver.typeOf(text);
            return now == type || (type == ScalarType.FLOAT && now == ScalarType.INT);
        }
    }
}
