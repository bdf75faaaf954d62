package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.FunctionRunner;
import io.gitopstoolkit.kustomize.HelmRenderer;
import io.gitopstoolkit.kustomize.KustomizeOverrides;
import io.gitopstoolkit.kustomize.RemoteLoader;
import org.jspecify.annotations.Nullable;

/**
 * How to build.
 *
 * @param rootOnly whether files must lie in or below the directory of the kustomization that names them
 * @param legacyOrder whether the output is sorted where the kustomization does not say
 * @param managedByLabel whether each resource gets the label that says that kustomize manages it
 * @param remoteLoader gets what is elsewhere; null where nothing may be
 * @param helmRenderer renders charts; null where there may be none
 * @param functionRunner runs functions; null where there may be none
 * @param start what is made of the kustomization file of the directory that is built
 * @param limits how much a build may read
 */
public record BuildOptions(
        boolean rootOnly,
        boolean legacyOrder,
        boolean managedByLabel,
        @Nullable RemoteLoader remoteLoader,
        @Nullable HelmRenderer helmRenderer,
        @Nullable FunctionRunner functionRunner,
        Start start,
        Limits limits) {
    /**
     * What is made of the kustomization file of the directory that is built.
     *
     * @param generated whether one is generated where there is none
     * @param overrides what is put onto it, as Flux does; null to take the file as it is
     */
    public record Start(boolean generated, @Nullable KustomizeOverrides overrides) {}

    /**
     * How much a build may read.
     *
     * @param files how many files, a file that is read twice counted twice
     * @param fileBytes how many bytes one file may have
     * @param depth how many kustomizations may stand within each other
     * @param resources how many resources may be read and generated
     */
    public record Limits(int files, int fileBytes, int depth, int resources) {}
}
