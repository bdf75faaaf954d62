package io.gitopstoolkit.samples.quickstart;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line says. */
@Command(
        name = "quickstart",
        sortOptions = false,
        description = "Delivers a Git repository to a Kubernetes cluster. Without options it serves both itself.")
final class Options {
    @Option(names = "--url", paramLabel = "URL", description = "The Git repository: https, http or file.")
    @Nullable
    URI url;

    @Option(names = "--path", paramLabel = "DIRECTORY", description = "The directory with the kustomization.")
    @Nullable
    String path;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            defaultValue = "main",
            description = "A branch, tag:NAME, semver:RANGE, commit:ID or refs/...; ${DEFAULT-VALUE} by default.")
    String ref = "main";

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The cluster; by default the embedded API.")
    @Nullable
    Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "The context of the kubeconfig.")
    @Nullable
    String context;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Where the inventory of the delivery is kept; ${DEFAULT-VALUE} by default.")
    String namespace = "default";

    @Option(names = "--webhook", paramLabel = "URL", description = "Where events are posted.")
    @Nullable
    URI webhook;

    @Option(names = "--dry-run", description = "Shows the difference and changes nothing.")
    boolean dryRun;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    /** Whether the cluster is the user's. */
    boolean hasCluster() {
        return kubeconfig != null || context != null;
    }
}
