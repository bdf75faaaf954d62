package io.gitopstoolkit.kustomize;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Renderer;
import io.gitopstoolkit.kustomize.internal.load.BuildOptions;
import io.gitopstoolkit.kustomize.internal.load.Kustomizations;
import org.jspecify.annotations.Nullable;

/**
 * Renders the kustomization in a directory of an artifact as {@code kustomize build} 5.8.1 does: the same objects with
 * the same content in the same order.
 *
 * <p>Everything is read from the artifact: no network, no environment, no program is run. Remote resources are refused,
 * unless a {@link RemoteLoader} is given. Fields of a kustomization that are not supported yet are refused, never skipped. What kustomize prints as a warning is
 * in {@link ManifestSet#warnings}. Hostile input is bounded: see {@link Builder} for the limits.
 *
 * <p>Immutable, and safe between threads. Rendering blocks and uses the calling thread alone.
 *
 * @see <a href="https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/">The kustomization file</a>
 */
public final class KustomizeRenderer implements Renderer {
    private final String path;
    private final Kustomizations kustomizations;

    private KustomizeRenderer(Builder builder) {
        path = builder.path;
        kustomizations = new Kustomizations(
                new BuildOptions(
                        builder.restriction == LoadRestriction.ROOT_ONLY,
                        builder.legacyOrder,
                        builder.managedByLabel,
                        builder.remoteLoader,
                        builder.helmRenderer,
                        builder.functionRunner,
                        new BuildOptions.Start(builder.generated, builder.overrides),
                        new BuildOptions.Limits(
                                builder.maxFiles, builder.maxFileBytes, builder.maxDepth, builder.maxResources)),
                builder.cacheBytes);
    }

    /**
     * A renderer of the kustomization in a directory, with kustomize's defaults.
     *
     * @param path from the root of the artifact, such as {@code deploy/production}; empty or {@code .} for the root
     */
    public static KustomizeRenderer at(String path) {
        return builder(path).build();
    }

    /**
     * A renderer of the kustomization in a directory, with options.
     *
     * @param path from the root of the artifact, such as {@code deploy/production}; empty or {@code .} for the root
     */
    public static Builder builder(String path) {
        return new Builder(requireNonNull(path, "path"));
    }

    /**
     * Renders the kustomization.
     *
     * @throws KustomizeException if it cannot be rendered; the message names the kustomization file and the field
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over, or the thread is interrupted
     */
    @Override
    public ManifestSet render(Artifact artifact, Deadline deadline) {
        requireNonNull(artifact, "artifact");
        requireNonNull(deadline, "deadline");
        Kustomizations.Result result = kustomizations.build(artifact.files(), path, deadline);
        return new ManifestSet(artifact.revision(), result.manifests(), result.warnings());
    }

    /**
     * Renders the kustomization to YAML: the bytes that {@code kustomize build} prints, without making manifests.
     *
     * <p>Other than {@link #render}, it takes objects that no {@link io.gitopstoolkit.api.Manifest} holds, such as one
     * with a number for a name, as kustomize does.
     *
     * @throws KustomizeException if it cannot be rendered; the message names the kustomization file and the field
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over, or the thread is interrupted
     */
    public String renderYaml(FileTree files, Deadline deadline) {
        requireNonNull(files, "files");
        requireNonNull(deadline, "deadline");
        return kustomizations.text(files, path, deadline);
    }

    /** The directory. */
    @Override
    public String toString() {
        return "KustomizeRenderer[" + (path.isEmpty() ? "." : path) + "]";
    }

    /** Options of a renderer. Not safe between threads. */
    public static final class Builder {
        private final String path;
        private LoadRestriction restriction = LoadRestriction.ROOT_ONLY;
        private boolean legacyOrder = true;
        private boolean managedByLabel;
        private @Nullable RemoteLoader remoteLoader;
        private @Nullable HelmRenderer helmRenderer;
        private @Nullable FunctionRunner functionRunner;
        private boolean generated;
        private @Nullable KustomizeOverrides overrides;
        private int maxFiles = 100_000;
        private int maxFileBytes = 32 << 20;
        private int maxDepth = 64;
        private int maxResources = 200_000;
        private long cacheBytes = 64 << 20;

        private Builder(String path) {
            this.path = path;
        }

        /** Which files a kustomization may name. Default {@link LoadRestriction#ROOT_ONLY}. */
        public Builder loadRestriction(LoadRestriction restriction) {
            this.restriction = requireNonNull(restriction, "restriction");
            return this;
        }

        /**
         * Leaves objects in the order in which they were read and generated, where the kustomization does not say
         * otherwise by {@code sortOptions}. The default is kustomize's legacy order, which begins with namespaces and
         * definitions and ends with webhooks.
         */
        public Builder keepOrder() {
            legacyOrder = false;
            return this;
        }

        /** Adds the label {@code app.kubernetes.io/managed-by: kustomize-v5.8.1} to each object. Off by default. */
        public Builder addManagedByLabel() {
            managedByLabel = true;
            return this;
        }

        /**
         * Generates a kustomization where the directory has none, as Flux does: all files below it that end with
         * {@code .yaml} or {@code .yml}, and the directories below it that have a kustomization of their own. Each of these
         * files must hold manifests. Nothing is written. By default such a directory is refused, as by kustomize.
         */
        public Builder generateKustomization() {
            generated = true;
            return this;
        }

        /**
         * Puts fields of a Flux Kustomization on top of those of the directory's kustomization. Flux's controller builds
         * with this, {@link #generateKustomization}, {@link #keepOrder} and {@link LoadRestriction#NONE}.
         */
        public Builder overrides(KustomizeOverrides overrides) {
            this.overrides = requireNonNull(overrides, "overrides");
            return this;
        }

        /**
         * Lets kustomizations name repositories and files elsewhere, which {@code remoteLoader} gets. By default there is
         * none, and an address is refused.
         */
        public Builder remoteLoader(RemoteLoader remoteLoader) {
            this.remoteLoader = requireNonNull(remoteLoader, "remoteLoader");
            return this;
        }

        /**
         * Lets kustomizations name Helm charts, which {@code helmRenderer} renders. By default there is none, and a chart
         * is refused.
         */
        public Builder helmRenderer(HelmRenderer helmRenderer) {
            this.helmRenderer = requireNonNull(helmRenderer, "helmRenderer");
            return this;
        }

        /**
         * Lets kustomizations name functions, which {@code functionRunner} runs. By default there is none, and a function
         * is refused.
         */
        public Builder functionRunner(FunctionRunner functionRunner) {
            this.functionRunner = requireNonNull(functionRunner, "functionRunner");
            return this;
        }

        /**
         * Limits how many files are read, a file that is read twice counted twice. Default 100,000.
         *
         * @throws IllegalArgumentException if {@code maxFiles} is not positive
         */
        public Builder maxFiles(int maxFiles) {
            this.maxFiles = positive(maxFiles, "maxFiles");
            return this;
        }

        /**
         * Limits how many bytes one file may have. Default 33,554,432 (32 MiB).
         *
         * @throws IllegalArgumentException if {@code maxFileBytes} is not positive
         */
        public Builder maxFileBytes(int maxFileBytes) {
            this.maxFileBytes = positive(maxFileBytes, "maxFileBytes");
            return this;
        }

        /**
         * Limits how many kustomizations may stand within each other, the first one included. Default 64.
         *
         * @throws IllegalArgumentException if {@code maxDepth} is not positive
         */
        public Builder maxDepth(int maxDepth) {
            this.maxDepth = positive(maxDepth, "maxDepth");
            return this;
        }

        /**
         * Limits how many objects are read and generated, those that patches delete included. Default 200,000.
         *
         * @throws IllegalArgumentException if {@code maxResources} is not positive
         */
        public Builder maxResources(int maxResources) {
            this.maxResources = positive(maxResources, "maxResources");
            return this;
        }

        /**
         * Limits about how many bytes of memory the renderer holds between renderings: parsed files, so that after a
         * change of one file that one alone is parsed again, and the last results, so that a tree without a change is
         * not rendered again. Content counts, compared by its bytes or by digests that the tree has of its own, as Git
         * does; neither revision nor time does. What a {@link RemoteLoader}, {@link HelmRenderer} or {@link FunctionRunner} takes part in is rendered each time. Default
         * 67,108,864 (64 MiB); 0 holds nothing.
         *
         * @throws IllegalArgumentException if {@code cacheBytes} is negative
         */
        public Builder cacheBytes(long cacheBytes) {
            if (cacheBytes < 0) {
                throw new IllegalArgumentException("cacheBytes must not be negative, not " + cacheBytes);
            }
            this.cacheBytes = cacheBytes;
            return this;
        }

        /** The renderer. */
        public KustomizeRenderer build() {
            return new KustomizeRenderer(this);
        }

        private static int positive(int value, String name) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be positive, not " + value);
            }
            return value;
        }
    }
}
