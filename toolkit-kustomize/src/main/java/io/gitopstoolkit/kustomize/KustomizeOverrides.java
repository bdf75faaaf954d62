package io.gitopstoolkit.kustomize;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is put on top of the kustomization file of the directory that is rendered: the fields of a Flux Kustomization's
 * {@code spec} that change the build, with Flux's rules.
 *
 * <p>{@code targetNamespace}, {@code namePrefix} and {@code nameSuffix} replace those of the file; {@code patches} and
 * {@code components} come after them; an image of the same name is merged, its tag and digest replaced as one; a
 * {@code buildMetadata} that is not empty replaces that of the file. As in Flux, the file itself is read without minding
 * fields that nobody knows, and one without {@code resources} gets {@code buildMetadata: [originAnnotations]}.
 *
 * <p>Immutable. The components are null, empty or false where nothing was said.
 *
 * @param targetNamespace the namespace of all objects
 * @param namePrefix what all names begin with
 * @param nameSuffix what all names end with
 * @param patches in order
 * @param images in order
 * @param components directories in the artifact, relative to the one that is rendered, in order
 * @param ignoreMissingComponents whether a component that is not there is passed over
 * @param buildMetadata such as {@code originAnnotations}
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/">Flux's description of the fields</a>
 */
public record KustomizeOverrides(
        @Nullable String targetNamespace,
        @Nullable String namePrefix,
        @Nullable String nameSuffix,
        List<Patch> patches,
        List<Image> images,
        List<String> components,
        boolean ignoreMissingComponents,
        List<String> buildMetadata) {
    /** No field at all; the file is still read as Flux reads it. */
    public static final KustomizeOverrides NONE = builder().build();

    /** Copies the lists. */
    public KustomizeOverrides {
        patches = List.copyOf(patches);
        images = List.copyOf(images);
        components = List.copyOf(components);
        buildMetadata = List.copyOf(buildMetadata);
    }

    /** A builder without any field. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A patch.
     *
     * @param patch a strategic merge patch or a JSON patch, as YAML or JSON
     * @param target what it is for; null for what a strategic merge patch names itself
     */
    public record Patch(String patch, @Nullable Target target) {
        /** Checks that there is a text. */
        public Patch {
            requireNonNull(patch, "patch");
        }
    }

    /**
     * Which objects a patch is for: those of which every part matches. An empty part matches all.
     *
     * @param group of the API, exactly
     * @param version of the API, exactly
     * @param kind exactly
     * @param name a regular expression for the whole name
     * @param namespace a regular expression for the whole namespace
     * @param labelSelector such as {@code app=web,tier!=db}
     * @param annotationSelector of the same form
     */
    public record Target(
            String group,
            String version,
            String kind,
            String name,
            String namespace,
            String labelSelector,
            String annotationSelector) {
        /** Checks that nothing is null. */
        public Target {
            requireNonNull(group, "group");
            requireNonNull(version, "version");
            requireNonNull(kind, "kind");
            requireNonNull(name, "name");
            requireNonNull(namespace, "namespace");
            requireNonNull(labelSelector, "labelSelector");
            requireNonNull(annotationSelector, "annotationSelector");
        }

        /** All objects of a kind. */
        public static Target ofKind(String kind) {
            return new Target("", "", kind, "", "", "", "");
        }

        /** The objects of a kind whose whole name a regular expression matches. */
        public static Target of(String kind, String name) {
            return new Target("", "", kind, name, "", "", "");
        }
    }

    /**
     * A change of a container image. An empty part changes nothing.
     *
     * @param name of the image without tag and digest, as manifests have it
     * @param newName what to put in its place
     * @param newTag the tag
     * @param digest the digest, which counts before the tag
     */
    public record Image(String name, String newName, String newTag, String digest) {
        /** Checks that nothing is null. */
        public Image {
            requireNonNull(name, "name");
            requireNonNull(newName, "newName");
            requireNonNull(newTag, "newTag");
            requireNonNull(digest, "digest");
        }

        /** Another tag for an image. */
        public static Image withTag(String name, String newTag) {
            return new Image(name, "", newTag, "");
        }
    }

    /** Collects the fields. Not safe between threads. */
    public static final class Builder {
        private @Nullable String targetNamespace;
        private @Nullable String namePrefix;
        private @Nullable String nameSuffix;
        private final List<Patch> patches = new ArrayList<>();
        private final List<Image> images = new ArrayList<>();
        private final List<String> components = new ArrayList<>();
        private boolean ignoreMissingComponents;
        private final List<String> buildMetadata = new ArrayList<>();

        private Builder() {}

        /** Puts all objects into a namespace. */
        public Builder targetNamespace(String targetNamespace) {
            this.targetNamespace = requireNonNull(targetNamespace, "targetNamespace");
            return this;
        }

        /** Begins all names with a text. */
        public Builder namePrefix(String namePrefix) {
            this.namePrefix = requireNonNull(namePrefix, "namePrefix");
            return this;
        }

        /** Ends all names with a text. */
        public Builder nameSuffix(String nameSuffix) {
            this.nameSuffix = requireNonNull(nameSuffix, "nameSuffix");
            return this;
        }

        /** Adds a patch for some objects. */
        public Builder patch(String patch, Target target) {
            patches.add(new Patch(patch, requireNonNull(target, "target")));
            return this;
        }

        /** Adds a strategic merge patch, which names its object itself. */
        public Builder patch(String patch) {
            patches.add(new Patch(patch, null));
            return this;
        }

        /** Adds a change of an image. */
        public Builder image(Image image) {
            images.add(requireNonNull(image, "image"));
            return this;
        }

        /** Adds a component: the path of a directory of the artifact, relative to the one that is rendered. */
        public Builder component(String path) {
            components.add(requireNonNull(path, "path"));
            return this;
        }

        /** Passes over components that are not there; without it they are refused. */
        public Builder ignoreMissingComponents() {
            ignoreMissingComponents = true;
            return this;
        }

        /** Adds an option of {@code buildMetadata}, such as {@code originAnnotations}. */
        public Builder buildMetadata(String option) {
            buildMetadata.add(requireNonNull(option, "option"));
            return this;
        }

        /** The overrides. */
        public KustomizeOverrides build() {
            return new KustomizeOverrides(
                    targetNamespace,
                    namePrefix,
                    nameSuffix,
                    patches,
                    images,
                    components,
                    ignoreMissingComponents,
                    buildMetadata);
        }
    }
}
