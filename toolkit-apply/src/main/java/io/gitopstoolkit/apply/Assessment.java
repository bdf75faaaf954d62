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
 * @param action {@link Action#FAILED} where the object is refused
 * @param differences what it would change; empty unless the object is there
 * @param live the object as it is; null where it is not there, refused, or known to be unchanged without a look
 * @param result the object as it would be; null where it is refused, or known to be unchanged without a look
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

    Change change() {
        return new Change(target.ref(), target.kind().apiVersion(), action, message);
    }
}
