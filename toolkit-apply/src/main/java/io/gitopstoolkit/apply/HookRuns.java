package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import java.util.HashSet;
import java.util.List;

/** Whether the hooks of a set run: unless the last delivery that was whole had the same content. */
final class HookRuns {
    private final List<Target> hooks;
    private final String content;
    private final boolean due;

    /**
     * The hooks of {@code targets}.
     *
     * @param ranFor the content for which hooks ran last, and the delivery was whole; empty where there is none
     */
    HookRuns(List<Target> targets, String ranFor) {
        this.hooks = targets.stream()
                .filter(target -> target.directions().hook()
                        && !target.directions().phases().isEmpty())
                .toList();
        this.content = hooks.isEmpty() ? "" : digest(targets);
        this.due = !content.equals(ranFor);
    }

    private static String digest(List<Target> targets) {
        List<Manifest> manifests = targets.stream().map(Target::manifest).toList();
        return ManifestSet.of(new Revision("none", null), manifests).digest().toString();
    }

    /** Why a hook, or what is never applied, is skipped. */
    static String whyNot(Target target) {
        return target.directions().phases().isEmpty()
                ? "not applied, as its annotations say"
                : "a hook, which ran for the same content";
    }

    boolean areDue() {
        return due;
    }

    /** For what to say that hooks ran when the delivery is whole. */
    String content() {
        return content;
    }

    /** For what to say that hooks ran while the delivery is not whole. */
    String during() {
        return due ? "" : content;
    }

    /** The objects that stay in the inventory: what was applied, and of the hooks those that are left. */
    List<Target> applied(Schedule schedule, List<Target> left) {
        var stays = new HashSet<>(left);
        return schedule.applied().stream()
                .filter(target -> !target.directions().hook() || stays.contains(target))
                .toList();
    }

    /** The hooks that ran and are not left. */
    List<ObjectRef> gone(Schedule schedule, List<Target> left) {
        return schedule.steps().stream()
                .flatMap(step -> step.hooks().stream())
                .filter(hook -> !left.contains(hook))
                .map(Target::ref)
                .distinct()
                .toList();
    }
}
