package io.gitopstoolkit.kustomize;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.FileTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart and how to render it: what kustomize hands to {@code helm template}. Whatever the kustomization does not say is
 * empty or false.
 *
 * @param source which chart
 * @param release the names that it is rendered under
 * @param values YAML texts as of {@code --values}, the later ones stronger. The first is what kustomize makes of
 *     {@code valuesFile} and {@code valuesInline}, the others are the files of {@code additionalValuesFiles}; the values of
 *     a chart that does not lie in the tree are not among them, for Helm starts with those anyway
 * @param options the rest
 * @see <a href="https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/helmcharts/">helmCharts</a>
 */
public record HelmChart(Source source, Release release, List<String> values, Options options) {
    /** Checks that nothing is null. */
    public HelmChart {
        requireNonNull(source, "source");
        requireNonNull(release, "release");
        values = List.copyOf(values);
        requireNonNull(options, "options");
    }

    /**
     * Which chart.
     *
     * @param name of the chart
     * @param version of the chart, or empty for the latest
     * @param repository a URL of a repository, with the scheme {@code oci} for one of OCI artifacts; or empty
     * @param devel whether versions before a release count
     * @param files the chart itself where it lies in the tree, which counts then; else null
     */
    public record Source(
            String name,
            String version,
            String repository,
            boolean devel,
            @Nullable Files files) {
        /** Checks that nothing but {@code files} is null. */
        public Source {
            requireNonNull(name, "name");
            requireNonNull(version, "version");
            requireNonNull(repository, "repository");
        }
    }

    /**
     * A directory of a tree.
     *
     * @param tree the tree
     * @param path of the directory, from the root of the tree
     */
    public record Files(FileTree tree, String path) {
        /** Checks that nothing is null. */
        public Files {
            requireNonNull(tree, "tree");
            requireNonNull(path, "path");
        }
    }

    /**
     * The names that a chart is rendered under.
     *
     * @param name of the release; empty for a generated one
     * @param nameTemplate a template for the name, or empty
     * @param namespace of the release: the chart's, or else that of the kustomization or of the nearest above it; or empty
     */
    public record Release(String name, String nameTemplate, String namespace) {
        /** Checks that nothing is null. */
        public Release {
            requireNonNull(name, "name");
            requireNonNull(nameTemplate, "nameTemplate");
            requireNonNull(namespace, "namespace");
        }
    }

    /**
     * Flags of {@code helm template}.
     *
     * @param includeCrds whether the chart's definitions are rendered too
     * @param skipHooks whether hooks are left out
     * @param skipTests whether tests are left out
     * @param debug whether Helm is to tell more of what goes wrong
     * @param kubeVersion the version of Kubernetes that templates see; empty for the renderer's choice
     * @param apiVersions the API versions that templates see; empty for the renderer's choice
     */
    public record Options(
            boolean includeCrds,
            boolean skipHooks,
            boolean skipTests,
            boolean debug,
            String kubeVersion,
            List<String> apiVersions) {
        /** Checks that nothing is null. */
        public Options {
            requireNonNull(kubeVersion, "kubeVersion");
            apiVersions = List.copyOf(apiVersions);
        }
    }
}
