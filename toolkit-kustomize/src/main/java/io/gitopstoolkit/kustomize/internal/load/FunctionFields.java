package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.FunctionRunner.Function;
import io.gitopstoolkit.kustomize.FunctionRunner.Mount;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which function an object configures, out of its annotations. */
final class FunctionFields {
    private static final List<String> ANNOTATIONS = List.of("config.kubernetes.io/function", "config.k8s.io/function");
    private static final String IMAGE = "config.kubernetes.io/container";
    private static final Set<String> FUNCTION = Set.of("deferFailure", "container", "exec");
    private static final Set<String> CONTAINER = Set.of("image", "network", "mounts", "envs");
    private static final Set<String> EXEC = Set.of("path", "args", "envs");
    private static final Set<String> MOUNT = Set.of("type", "src", "dst", "rw");
    private static final Function NONE = new Function("", false, List.of(), "", List.of(), List.of());

    private FunctionFields() {}

    /**
     * The function of an object.
     *
     * @throws KustomizeException if it has a field that is not known, or mounts files outside of the kustomization
     */
    static Function read(Resource config, YamlReader yaml) {
        MapNode annotations = config.annotations();
        for (String name : ANNOTATIONS) {
            String text = annotations == null ? "" : Scalars.rawText(annotations.get(name));
            if (!text.isEmpty()) {
                return spec(yaml.readOne(text, name, Dialect.CONFIGURATION), name);
            }
        }
        Node inline = config.root().find("metadata", "configFn");
        if (inline != null && !inline.isNull()) {
            return spec(inline, "configFn");
        }
        String image = annotations == null ? "" : Scalars.rawText(annotations.get(IMAGE));
        if (!image.isEmpty()) {
            return new Function(image, false, List.of(), "", List.of(), List.of());
        }
        Gvk gvk = config.gvk();
        String folder = (gvk.group().isEmpty() ? "" : gvk.group() + '/') + gvk.version() + '/';
        String path = folder + gvk.kind().toLowerCase(Locale.ROOT) + '/' + gvk.kind();
        return new Function("", false, List.of(), path, List.of(), List.of());
    }

    private static Function spec(@Nullable Node document, String name) {
        Fields fields = Fields.of(document == null || document.isNull() ? new MapNode() : document, name, FUNCTION);
        fields.flag("deferFailure");
        Function container = fields.object("container", CONTAINER, FunctionFields::container);
        if (container != null && !container.image().isEmpty()) {
            return container;
        }
        Function program = fields.object(
                "exec",
                EXEC,
                exec -> new Function("", false, List.of(), exec.text("path"), exec.texts("args"), exec.texts("envs")));
        return program == null ? NONE : program;
    }

    private static Function container(Fields container) {
        return new Function(
                container.text("image"),
                container.flag("network"),
                container.objects("mounts", MOUNT, FunctionFields::mount),
                "",
                List.of(),
                container.texts("envs"));
    }

    private static Mount mount(Fields mount) {
        String source = mount.text("src");
        if (source.startsWith("/") || escapes(source)) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    "the mount path '" + source
                            + "' is not permitted; mount paths must be relative to the current kustomization directory,"
                            + " and under it");
        }
        return new Mount(mount.text("type"), source, mount.text("dst"), mount.flag("rw"));
    }

    private static boolean escapes(String path) {
        int depth = 0;
        for (String part : path.split("/", -1)) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
