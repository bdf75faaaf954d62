package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.Comparison.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying would do to one object.
 *
 * @param action {@link Action#FAILED} where the object is refused; {@link Action#CREATED} for one that is there is to be
 *     deleted before
 * @param differences what it would change; empty unless the object is there
 * @param live the object as it is; null where it is not there, refused, or known to be unchanged without a look;
 *     its metadata alone where it was not tried
 * @param result the object as it would be; null where it was not tried, is refused, or is known to be unchanged
 * @param ready whether the object is known to be healthy without a look
 * @param failure why the object is refused; null where it is not
 */
record Assessment(
        Target target,
        Action action,
        String message,
        List<Difference> differences,
        @Nullable Manifest live,
        @Nullable Manifest result,
        boolean ready,
        @Nullable Failure failure) {
    static Assessment created(Target target, Manifest result) {
        return new Assessment(target, Action.CREATED, "", List.of(), null, result, false, null);
    }

    /** There, and as it should be. */
    static Assessment unchanged(Target target, Manifest live, Manifest result) {
        return new Assessment(target, Action.UNCHANGED, "", List.of(), live, result, false, null);
    }

    /** As it should be, as notes of an earlier delivery tell. */
    static Assessment known(Target target, boolean ready) {
        return new Assessment(target, Action.UNCHANGED, "", List.of(), null, null, ready, null);
    }

    static Assessment refused(Target target, Failure failure) {
        return new Assessment(
                target, Action.FAILED, failure.message(), List.of(), null, null, false, failure.about(target.ref()));
    }

    /** There, and a field that is to be another cannot be changed. */
    static Assessment recreated(Target target, Manifest live, Failure failure) {
        String why = "deleted and created again, for " + failure.problem(target.ref());
        return new Assessment(target, Action.CREATED, why, List.of(), live, null, false, null);
    }

    static Assessment skipped(Target target, @Nullable Manifest live, String why) {
        return new Assessment(target, Action.SKIPPED, why, List.of(), live, null, false, null);
    }

    /** To be written as it is, for better or worse. */
    static Assessment untried(Target target, @Nullable Manifest live) {
        Action guess = live == null ? Action.CREATED : Action.CONFIGURED;
        return new Assessment(target, guess, "", List.of(), live, null, false, null);
    }

    /** Whether the object is to be deleted before it is created. */
    boolean isRecreation() {
        return action == Action.CREATED && live != null;
    }

    /** Whether a dry run, or a note of an earlier one, told the action. */
    boolean isTried() {
        return result != null || isRecreation() || action == Action.UNCHANGED || action == Action.SKIPPED;
    }

    Change change() {
        return new Change(target.ref(), target.kind().apiVersion(), action, message);
    }
}
