package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.remote.Paths;
import io.gitopstoolkit.kustomize.internal.remote.RepoSpec;
import io.gitopstoolkit.kustomize.internal.resource.History;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Where a kustomization lies as seen from the one that is built; notes it where {@code buildMetadata} asks for it.
 *
 * @param directory the path, from the kustomization that is built, or from the root of the repository
 * @param repository what was cloned; nothing for the artifact
 * @param ref of the repository, or nothing
 */
record Origin(String directory, String repository, String ref) {
    /** The kustomization that is built. */
    static final Origin START = new Origin("", "", "");

    /** A place named from here. */
    Origin append(String path) {
        RepoSpec spec = RepoSpec.parse(path);
        return spec == null
                ? new Origin(join(directory, path), repository, ref)
                : new Origin(spec.originPath(), spec.cloneUrl(), spec.query().ref());
    }

    /** Says that a resource came from this place, a file. */
    void noteFile(Resource resource) {
        resource.history().origin("path: " + scalar(directory) + '\n' + source());
    }

    /** Says which generator made a resource. */
    static void noteGenerated(Resource resource, String text) {
        if (resource.history().origin() == null) {
            resource.history().origin(text);
        }
    }

    /** Says which transformer went over the resources. */
    static void noteTransformed(ResourceSet resources, String text) {
        for (Resource resource : resources.list()) {
            History history = resource.history();
            if (history.origin() == null) {
                history.origin(text);
            } else {
                history.transformations().add(text);
            }
            detachAnnotations(resource);
        }
    }

    /** Writing the note makes every annotation of the object a scalar of its own. */
    private static void detachAnnotations(Resource resource) {
        MapNode annotations = resource.annotations();
        if (annotations != null) {
            for (int i = 0; i < annotations.size(); i++) {
                Node value = annotations.valueAt(i);
                annotations.setValueAt(i, ScalarNode.string(value instanceof ScalarNode scalar ? scalar.text() : ""));
            }
        }
    }

    private String source() {
        return (repository.isEmpty() ? "" : "repo: " + scalar(repository) + '\n')
                + (ref.isEmpty() ? "" : "ref: " + scalar(ref) + '\n');
    }

    /** What is noted of a builtin plugin that a kustomization file asks for. */
    String configured(String kustomizationFile, String plugin) {
        return source() + "configuredIn: " + scalar(join(directory, kustomizationFile))
                + "\nconfiguredBy:\n  apiVersion: builtin\n  kind: " + plugin + '\n';
    }

    /** What is noted of a plugin that an object configures; null where nothing is known of the object. */
    static @Nullable String ofPlugin(Resource config, YamlReader yaml) {
        String origin = config.history().origin();
        if (origin == null || !(yaml.readOne(origin, "origin", Dialect.RESOURCE) instanceof MapNode from)) {
            return null;
        }
        var text = new StringBuilder();
        append(text, "repo", from.getText("repo"));
        append(text, "ref", from.getText("ref"));
        append(text, "configuredIn", from.getText("path"));
        text.append("configuredBy:\n");
        append(text, "  apiVersion", config.apiVersion());
        append(text, "  kind", config.kind());
        append(text, "  name", config.name());
        append(text, "  namespace", config.namespace());
        return text.toString();
    }

    private static void append(StringBuilder text, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            text.append(key).append(": ").append(scalar(value)).append('\n');
        }
    }

    /** The annotation that lists the transformers; null where none was noted. */
    static @Nullable String transformations(History history) {
        if (history.transformations().isEmpty()) {
            return null;
        }
        var text = new StringBuilder();
        for (String transformation : history.transformations()) {
            text.append("- ")
                    .append(transformation.stripTrailing().replace("\n", "\n  "))
                    .append('\n');
        }
        return text.toString();
    }

    private static String scalar(String text) {
        var map = new MapNode();
        map.put("x", text);
        return YamlWriter.write(java.util.List.of(map))
                .substring("x: ".length())
                .stripTrailing();
    }

    private static String join(String directory, String path) {
        return Paths.clean(directory.isEmpty() ? path : directory + '/' + path);
    }
}
