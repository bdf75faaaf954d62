package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.NOT_SUPPORTED;

import io.gitopstoolkit.kustomize.FunctionRunner;
import io.gitopstoolkit.kustomize.FunctionRunner.Function;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Behavior;
import io.gitopstoolkit.kustomize.internal.resource.InternalAnnotations;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.transform.Transformer;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a function that an object configures, by the runner that the caller gave, and takes back what it makes. */
final class Functions implements Transformer {
    private static final String ID = "kustomize.config.k8s.io/id";
    private static final String NEEDS_HASH = "kustomize.config.k8s.io/needs-hash";
    private static final String BEHAVIOR = "kustomize.config.k8s.io/behavior";

    private final Build build;
    private final Resource config;
    private final FunctionRunner runner;
    private final Function function;

    /**
     * The function of a configuration.
     *
     * @throws KustomizeException if there is no runner, or the configuration says what no function may have
     */
    Functions(Build build, Resource config) {
        FunctionRunner given = build.options().functionRunner();
        if (given == null) {
            throw new KustomizeException(
                    NOT_SUPPORTED,
                    "external plugins disabled; unable to load external plugin '" + config.kind()
                            + "', for the renderer was given no runner of functions");
        }
        build.noteOutsider();
        this.build = build;
        this.config = config;
        this.runner = given;
        this.function = FunctionFields.read(config, build.yaml());
    }

    /** The resources that the function makes of nothing but its configuration. */
    List<Resource> generate() {
        var items = new ListNode();
        items.add(functionConfig());
        List<Resource> generated = run(items);
        generated.forEach(Functions::takeOptions);
        return generated;
    }

    @Override
    public void transform(ResourceSet resources) {
        var items = new ListNode(resources.size());
        Map<ResourceId, Resource> before = new HashMap<>();
        for (Resource resource : resources.list()) {
            items.add(resource.root().copy());
            before.put(resource.id(), resource);
        }
        Map<ResourceId, Resource> after = new HashMap<>();
        for (Resource result : run(items)) {
            if (result.annotations() != null) {
                result.annotations().remove(ID);
            }
            if (after.put(result.id(), result) != null) {
                throw new KustomizeException(
                        KustomizeException.Reason.ID_CONFLICT,
                        "plugin " + config + " generated duplicate resource: " + result.id());
            }
            Resource old = before.get(result.id());
            if (old == null) {
                resources.add(result);
            } else {
                old.replaceRoot(result.root());
                resources.changed(old);
            }
        }
        resources.remove(resource -> !after.containsKey(resource.id()));
    }

    private List<Resource> run(ListNode items) {
        var list = new MapNode();
        list.put("apiVersion", "config.kubernetes.io/v1");
        list.put("kind", "ResourceList");
        list.put("items", items);
        list.put("functionConfig", functionConfig());
        String result = runner.run(function, YamlWriter.write(List.of(list)), build.deadline());
        List<Resource> resources = new ResourceReader(build).read(result, "the result of " + config);
        build.countResources(resources.size());
        return resources;
    }

    /** The configuration, marked so that it does not end up in the output where a function passes it on. */
    private MapNode functionConfig() {
        MapNode copy = config.root().copy();
        MapNode metadata = copy.mapFor("metadata");
        MapNode annotations = metadata == null ? null : metadata.mapFor("annotations");
        if (annotations != null) {
            annotations.put(InternalAnnotations.LOCAL_CONFIG, "true");
        }
        return copy;
    }

    /** What a function asks for a resource that it generated, in annotations. */
    private static void takeOptions(Resource resource) {
        MapNode annotations = resource.annotations();
        if (annotations == null) {
            return;
        }
        String hash = annotations.has(NEEDS_HASH) ? Scalars.rawText(annotations.remove(NEEDS_HASH)) : null;
        String behavior = Scalars.rawText(annotations.remove(BEHAVIOR));
        if (annotations.isEmpty()) {
            resource.metadata().remove("annotations");
        }
        resource.history().needsHash(isTrue(hash));
        resource.history().behavior(Behavior.of(behavior));
    }

    private static boolean isTrue(@Nullable String text) {
        if (text == null) {
            return false;
        }
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw new KustomizeException(
                        INVALID_KUSTOMIZATION,
                        "the annotation \"" + NEEDS_HASH + "\" contains an invalid value (\"" + text + "\")");
        };
    }
}
