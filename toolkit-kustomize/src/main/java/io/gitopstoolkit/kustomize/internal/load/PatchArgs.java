package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.resource.Selector;
import io.gitopstoolkit.kustomize.internal.transform.PatchTransformer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code patches} or {@code patchesJson6902}.
 *
 * @param path of a file with the patch, or nothing
 * @param patch the patch itself, or nothing
 * @param target what it is for, or null
 * @param allowNameChange whether it may change the name
 * @param allowKindChange whether it may change the kind
 */
record PatchArgs(
        String path, String patch, Selector.@Nullable Texts target, boolean allowNameChange, boolean allowKindChange) {
    static final Set<String> KNOWN = Set.of("path", "patch", "target", "options");

    static final Set<String> SELECTOR =
            Set.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");
    private static final Set<String> OPTIONS = Set.of("allowNameChange", "allowKindChange");

    PatchArgs(Fields fields) {
        this(
                fields.text("path"),
                fields.text("patch"),
                fields.object("target", SELECTOR, PatchArgs::selector),
                Boolean.TRUE.equals(fields.object("options", OPTIONS, options -> options.flag("allowNameChange"))),
                Boolean.TRUE.equals(fields.object("options", OPTIONS, options -> options.flag("allowKindChange"))));
    }

    PatchTransformer.Args args() {
        return new PatchTransformer.Args(path, patch, target, allowNameChange, allowKindChange);
    }

    static Selector.Texts selector(Fields fields) {
        return new Selector.Texts(
                fields.exactText("group"),
                fields.exactText("version"),
                fields.exactText("kind"),
                fields.exactText("name"),
                fields.exactText("namespace"),
                fields.text("labelSelector"),
                fields.text("annotationSelector"));
    }
}
