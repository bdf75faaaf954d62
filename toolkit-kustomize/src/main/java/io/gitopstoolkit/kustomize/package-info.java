/**
 * Renders kustomizations in process, byte for byte as kustomize does, and reads and writes YAML as it does.
 *
 * <p>What Flux's kustomize-controller makes of a Kustomization is, in its order:
 *
 * <pre>{@code
 * Renderer renderer = KustomizeRenderer.builder("deploy/production") // spec.path
 *     .loadRestriction(LoadRestriction.NONE)
 *     .keepOrder()
 *     .generateKustomization()
 *     .overrides(KustomizeOverrides.builder().targetNamespace("apps").image(Image.withTag("nginx", "1.29")).build())
 *     .remoteLoader(loader) // unless remote bases are off
 *     .build();
 * Transformer postBuild = Transformer.all(List.of(
 *     Substitution.strict(Map.of("cluster", "eu-1")), // spec.postBuild
 *     new CommonMetadata(Map.of("team", "web"), Map.of())));
 * ManifestSet manifests = postBuild.transform(renderer.render(artifact, deadline), deadline);
 * }</pre>
 *
 * <p>A {@link io.gitopstoolkit.kustomize.RemoteLoader} over Git and HTTP clients of one's choice lets kustomizations name
 * {@code https://github.com/org/repo//base?ref=v1} and {@code https://example.org/crds.yaml}.
 */
@NullMarked
package io.gitopstoolkit.kustomize;

import org.jspecify.annotations.NullMarked;
