package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_RESOURCE;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig.Topic;
import io.gitopstoolkit.kustomize.internal.order.SortOptions;
import io.gitopstoolkit.kustomize.internal.order.SortOrderTransformer;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.InternalAnnotations;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.transform.HashTransformer;
import io.gitopstoolkit.kustomize.internal.transform.LabelTransformer;
import io.gitopstoolkit.kustomize.internal.transform.NameReferenceTransformer;
import io.gitopstoolkit.kustomize.internal.transform.RefVarTransformer;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.PlainView;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Builds a kustomization with all that it stands on. */
public final class Kustomizations {
    private static final List<FieldSpec> LABELS = List.of(new FieldSpec(new Gvk("", "", ""), "metadata/labels", true));

    /** The version that the label names, the one whose output this is. */
    private static final String MANAGED_BY = "kustomize-v5.8.1";

    private final BuildOptions options;
    private final @Nullable BuildCache cache;

    /**
     * Builds with these options.
     *
     * @param cacheBytes about how many bytes of memory are used to build the same again faster; 0 for none
     */
    public Kustomizations(BuildOptions options, long cacheBytes) {
        this.options = options;
        this.cache = cacheBytes > 0 ? new BuildCache(cacheBytes) : null;
    }

    /**
     * What was built.
     *
     * @param manifests in order
     * @param warnings in order
     */
    public record Result(List<Manifest> manifests, List<String> warnings) {}

    /**
     * Builds the kustomization of a directory.
     *
     * @throws KustomizeException if it cannot be built
     */
    public Result build(FileTree files, String path, Deadline deadline) {
        return kept(Result.class, files, path, deadline, Kustomizations::result, result -> Weight.of(result.manifests));
    }

    /**
     * Builds the kustomization of a directory, to the text that kustomize prints.
     *
     * @throws KustomizeException if it cannot be built
     */
    public String text(FileTree files, String path, Deadline deadline) {
        return kept(String.class, files, path, deadline, (objects, warnings) -> YamlWriter.write(objects), text ->
                (long) text.length());
    }

    private <T> T kept(
            Class<T> type,
            FileTree files,
            String path,
            Deadline deadline,
            BiFunction<List<MapNode>, List<String>, T> make,
            ToLongFunction<T> weight) {
        var seen = new SeenTree(files, cache);
        T known = cache == null ? null : cache.result(seen, type);
        if (known != null) {
            deadline.check("build " + (path.isEmpty() ? "." : path));
            return known;
        }
        var build = new Build(options, deadline);
        T made = make.apply(objects(build, seen, path), build.warnings());
        if (cache != null && build.isRepeatable()) {
            cache.add(seen, made, weight.applyAsLong(made));
        }
        return made;
    }

    private List<MapNode> objects(Build build, SeenTree files, String path) {
        Target target = Target.start(build, Directory.start(build, files, path));
        Kustomization kustomization = target.kustomization();
        var accumulator = new Accumulator();
        boolean noted = !kustomization.buildMetadata.isEmpty();
        target.accumulate(accumulator, noted ? Origin.START : null);
        Target.located(target.path(), "", () -> {
            finish(build, accumulator, kustomization);
            return true;
        });
        List<Resource> resources = accumulator.resources().list();
        var objects = new ArrayList<MapNode>(resources.size());
        for (Resource resource : resources) {
            objects.add(output(resource, kustomization));
        }
        return objects;
    }

    private static Result result(List<MapNode> objects, List<String> warnings) {
        var manifests = new ArrayList<Manifest>(objects.size());
        for (MapNode object : objects) {
            manifests.add(manifest(object));
        }
        return new Result(List.copyOf(manifests), List.copyOf(warnings));
    }

    private static Manifest manifest(MapNode object) {
        try {
            return new Manifest(PlainView.of(object));
        } catch (IllegalArgumentException e) {
            throw new KustomizeException(
                    INVALID_RESOURCE,
                    "the build gives an object that is none of Kubernetes (kind '" + object.getText("kind") + "'): "
                            + e.getMessage(),
                    e);
        }
    }

    private void finish(Build build, Accumulator accumulator, Kustomization kustomization) {
        ResourceSet resources = accumulator.resources();
        new HashTransformer().transform(resources);
        new NameReferenceTransformer(accumulator.config().references()).transform(resources);
        var variables = new RefVarTransformer(
                accumulator.variables(), accumulator.config().fields(Topic.VAR_REFERENCE));
        variables.transform(resources);
        if (!variables.unused().isEmpty()) {
            build.warn("well-defined vars that were never replaced: " + String.join(",", variables.unused()));
        }
        resources.checkUnique();
        resources.list().forEach(Kustomizations::checkIdentity);
        resources.remove(Kustomizations::isLocal);
        SortOptions order = kustomization.sortOptions;
        if (order == null) {
            order = options.legacyOrder() ? SortOptions.LEGACY : new SortOptions("fifo", null);
        }
        new SortOrderTransformer(order).transform(resources);
        if (options.managedByLabel() || kustomization.buildMetadata.contains("managedByLabel")) {
            var label = new TreeMap<String, String>();
            label.put("app.kubernetes.io/managed-by", MANAGED_BY);
            new LabelTransformer(label, LABELS).transform(resources);
        }
    }

    private static void checkIdentity(Resource resource) {
        String kind = Scalars.text(resource.root().get("kind"));
        if (kind.isEmpty() || (!kind.endsWith("List") && resource.name().isEmpty())) {
            throw new KustomizeException(
                    INVALID_RESOURCE,
                    resource + ": missing " + (kind.isEmpty() ? "kind" : "metadata.name") + " after the build");
        }
    }

    private static boolean isLocal(Resource resource) {
        MapNode annotations = resource.annotations();
        Node value = annotations == null ? null : annotations.get(InternalAnnotations.LOCAL_CONFIG);
        return value != null && !Scalars.rawText(value).equals("false");
    }

    private static MapNode output(Resource resource, Kustomization kustomization) {
        MapNode root = resource.root();
        MapNode metadata = resource.metadata();
        MapNode annotations = metadata.getMap("annotations");
        MapNode cleaned = annotations == null ? null : InternalAnnotations.cleaned(annotations);
        if (kustomization.buildMetadata.contains("originAnnotations")) {
            cleaned =
                    with(cleaned, InternalAnnotations.ORIGIN, resource.history().origin());
        }
        if (kustomization.buildMetadata.contains("transformerAnnotations")) {
            cleaned = with(cleaned, InternalAnnotations.TRANSFORMATIONS, Origin.transformations(resource.history()));
        }
        if (cleaned == null) {
            metadata.remove("annotations");
        } else {
            metadata.put("annotations", cleaned);
        }
        return root;
    }

    private static @Nullable MapNode with(@Nullable MapNode annotations, String key, @Nullable String text) {
        if (text == null) {
            return annotations;
        }
        MapNode result = annotations == null ? new MapNode() : annotations;
        result.put(key, text);
        return result;
    }
}
