package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.resource.Selector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value and the fields that it is to be written to.
 *
 * @param source where the value is, or null
 * @param sourceValue the value itself, or null
 * @param targets what it is written to, or null
 */
public record Replacement(
        @Nullable Source source,
        @Nullable String sourceValue,
        @Nullable List<Target> targets) {
    /**
     * Where a value is: in the only resource that has, or had, what is named here.
     *
     * @param id group, version, kind, name and namespace, each exact, empty for any
     * @param fieldPath the field
     * @param options which part of it
     */
    public record Source(Selector.Texts id, String fieldPath, Options options) {}

    /**
     * What a value is written to.
     *
     * @param select which resources, or null
     * @param reject which of them not
     * @param fieldPaths the fields
     * @param options which part of each
     */
    public record Target(
            Selector.@Nullable Texts select, List<Selector.Texts> reject, List<String> fieldPaths, Options options) {}

    /**
     * A part of a field.
     *
     * @param delimiter what parts it; empty for the field as a whole
     * @param index which part, from zero
     * @param create whether a field that is missing is created
     */
    public record Options(String delimiter, int index, boolean create) {
        /** The field as a whole. */
        public static final Options NONE = new Options("", 0, false);
    }
}
