package io.gitopstoolkit.kustomize.internal.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a resource was called earlier in the build, which prefixes and suffixes it got, and where it comes from. */
public final class History {
    private final List<Name> names = new ArrayList<>(2);
    private final List<String> prefixes = new ArrayList<>(1);
    private final List<String> suffixes = new ArrayList<>(1);
    private final List<String> transformations = new ArrayList<>(0);
    private @Nullable Behavior behavior;
    private boolean needsHash;
    private @Nullable String origin;

    History() {}

    /**
     * What it was called.
     *
     * @param kind the kind of then
     * @param name the name
     * @param namespace the effective namespace
     */
    public record Name(String kind, String name, String namespace) {
        ResourceId id(String group, String version) {
            return new ResourceId(group, version, kind, name, ResourceId.effectiveNamespace(namespace));
        }
    }

    /** What it was called, the oldest first. */
    public List<Name> names() {
        return names;
    }

    void add(String kind, String name, String namespace) {
        names.add(new Name(kind, name, namespace));
    }

    /** The prefixes that its name got, the innermost first. */
    public List<String> prefixes() {
        return prefixes;
    }

    /** The suffixes that its name got, the innermost first. */
    public List<String> suffixes() {
        return suffixes;
    }

    /** Adds a prefix; commas part several. */
    public void addPrefix(String prefix) {
        addParts(prefixes, prefix);
    }

    /** Adds a suffix; commas part several. */
    public void addSuffix(String suffix) {
        addParts(suffixes, suffix);
    }

    /** Which transformers changed it, as text for an annotation. */
    public List<String> transformations() {
        return transformations;
    }

    /** Where it comes from, as text for an annotation, or null. */
    public @Nullable String origin() {
        return origin;
    }

    /** Says where it comes from. */
    public void origin(@Nullable String text) {
        origin = text;
    }

    /** What it does to a resource of the same id. */
    public Behavior behavior() {
        return behavior == null ? Behavior.CREATE : behavior;
    }

    /** Says what it does to a resource of the same id. */
    public void behavior(Behavior chosen) {
        behavior = chosen;
    }

    /** Whether its name is to get a hash of its content. */
    public boolean needsHash() {
        return needsHash;
    }

    /** Says whether its name is to get a hash of its content. */
    public void needsHash(boolean needed) {
        needsHash = needed;
    }

    /** Whether there is anything that kustomize would keep in an annotation. */
    public boolean isAnnotated() {
        return !names.isEmpty()
                || needsHash
                || origin != null
                || behavior != null
                || !prefixes.isEmpty()
                || !suffixes.isEmpty();
    }

    private static void addParts(List<String> list, String text) {
        if (!text.isEmpty()) {
            list.addAll(List.of(text.split(",", -1)));
        }
    }
}
