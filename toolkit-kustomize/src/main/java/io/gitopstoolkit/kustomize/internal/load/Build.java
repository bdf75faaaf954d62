package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_YAML;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.LIMIT_EXCEEDED;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Scopes;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What all kustomizations of one build share: the files, the limits, and what is counted against them. */
final class Build {
    private final BuildOptions options;
    private final Deadline deadline;
    private final YamlReader yaml;
    private final BuildSchema schema;
    private final Remotes remotes;
    private final List<String> warnings = new ArrayList<>();
    private boolean hasOutsiders;
    private int filesRead;
    private int resources;

    Build(BuildOptions options, Deadline deadline) {
        this.options = options;
        this.deadline = deadline;
        YamlLimits defaults = YamlLimits.DEFAULT;
        this.yaml = new YamlReader(
                new YamlLimits(options.limits().fileBytes(), defaults.maxDepth(), defaults.maxAliasedNodes()));
        this.schema = new BuildSchema(yaml);
        this.remotes =
                new Remotes(options.remoteLoader(), deadline, options.limits().fileBytes());
    }

    /** Says that somebody outside of the build takes part, whose answer may be another the next time. */
    void noteOutsider() {
        hasOutsiders = true;
    }

    /** Whether the same files give the same result the next time. */
    boolean isRepeatable() {
        return !hasOutsiders && !remotes.used();
    }

    Deadline deadline() {
        return deadline;
    }

    BuildOptions options() {
        return options;
    }

    Remotes remotes() {
        return remotes;
    }

    YamlReader yaml() {
        return yaml;
    }

    Scopes scopes() {
        return schema::isClusterScoped;
    }

    /** What is known of kinds. */
    BuildSchema schema() {
        return schema;
    }

    List<String> warnings() {
        return warnings;
    }

    void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    void check(String doing) {
        deadline.check(doing);
    }

    void countResources(int added) {
        resources += added;
        if (resources > options.limits().resources()) {
            throw new KustomizeException(
                    LIMIT_EXCEEDED,
                    "more than " + options.limits().resources() + " resources, the limit of the renderer");
        }
    }

    /** The text of a file in UTF-8. */
    static String text(byte[] content, String path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new KustomizeException(INVALID_YAML, "'" + path + "' is not a text in UTF-8", e);
        }
    }

    private void countFile() {
        filesRead++;
        if (filesRead > options.limits().files()) {
            throw new KustomizeException(
                    LIMIT_EXCEEDED, "more than " + options.limits().files() + " files, the limit of the renderer");
        }
    }

    /** The content of a file on a web server. */
    FileContent download(String url) {
        countFile();
        return new FileContent(remotes.file(url), 0);
    }

    /** The content of a file of a tree. */
    FileContent read(SeenTree files, String path) {
        countFile();
        long size = files.size(path);
        if (size > options.limits().fileBytes()) {
            throw new KustomizeException(
                    LIMIT_EXCEEDED,
                    "'" + path + "' has " + size + " bytes, the limit of the renderer is "
                            + options.limits().fileBytes());
        }
        return files.content(path);
    }
}
