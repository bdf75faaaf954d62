package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.patch.OpenApi;
import io.gitopstoolkit.kustomize.internal.patch.Schema;
import io.gitopstoolkit.kustomize.internal.patch.Schema.Scope;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a build knows of kinds: what kustomize does, until a kustomization brings a schema of its own. The first one that
 * does counts for all that comes after it. As in kustomize, it is read no sooner than something is looked up that
 * kustomize does not know by heart, which are the scopes of its kinds.
 */
final class BuildSchema {
    /** The only version that kustomize carries. */
    private static final String BUILTIN_VERSION = "v1.21.2";

    private final YamlReader yaml;
    private Schema kinds = Schema.builtin();
    private boolean isChosen;
    private boolean isUsed;
    private boolean isCustom;
    private @Nullable Supplier<Schema> waiting;

    BuildSchema(YamlReader yaml) {
        this.yaml = yaml;
    }

    /** What is known now. */
    Schema current() {
        isUsed = true;
        Supplier<Schema> custom = waiting;
        if (custom != null) {
            waiting = null;
            kinds = custom.get();
        }
        return kinds;
    }

    /** Whether a kustomization brought a schema, so that ids may be others than before. */
    boolean isCustom() {
        return isCustom;
    }

    /** Looks a new resource's kind up, as kustomize does at once: a schema that comes later adds to that, then. */
    void note(Resource resource) {
        if (!isUsed && Schema.builtin().scopeOf(resource.apiVersion(), resource.kind()) == Scope.UNKNOWN) {
            current();
        }
    }

    /** Whether a kind is known to live in no namespace. */
    boolean isClusterScoped(String apiVersion, String kind) {
        Scope scope = Schema.builtin().scopeOf(apiVersion, kind);
        return scope == Scope.UNKNOWN ? current().isClusterScoped(apiVersion, kind) : scope == Scope.CLUSTER;
    }

    /**
     * Takes up the field {@code openapi} of a kustomization.
     *
     * @throws KustomizeException if it names a file that cannot be read, a version that kustomize does not carry, or both
     */
    void choose(SortedMap<String, String> field, Directory directory) {
        String path = field.get("path");
        byte[] content = path == null ? null : directory.read(path);
        if (isChosen) {
            return;
        }
        String version = field.get("version");
        if (content != null && path != null) {
            if (version != null) {
                throw new KustomizeException(
                        INVALID_KUSTOMIZATION, "builtin version and custom schema provided, cannot use both");
            }
            isChosen = true;
            isCustom = true;
            Schema rest = isUsed ? Schema.builtin() : Schema.builtin().scopesOnly();
            String name = directory.pathOf(path);
            waiting = () -> Target.located(name, "", () -> OpenApi.schema(read(content, name), rest));
        } else if (version != null && !version.isEmpty()) {
            if (!version.equals(BUILTIN_VERSION)) {
                throw new KustomizeException(
                        INVALID_KUSTOMIZATION,
                        "the specified OpenAPI version is not built in; it can be " + BUILTIN_VERSION);
            }
            isChosen = true;
        }
    }

    private @Nullable Node read(byte[] content, String name) {
        String text = Build.text(content, name);
        if (text.startsWith("{") && !JsonSyntax.isValid(text)) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION, "invalid schema file: it begins with '{' and is not JSON");
        }
        return yaml.readOne(text, name, Dialect.CONFIGURATION);
    }
}
