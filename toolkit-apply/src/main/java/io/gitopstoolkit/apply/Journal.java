package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a delivery has done so far, and which objects failed in it. For one thread. */
final class Journal {
    private final Revision revision;
    private final ApplyListener listener;
    private final List<Change> done = new ArrayList<>();
    private final Map<ObjectRef, Failure> failed = new LinkedHashMap<>();

    Journal(Revision revision, ApplyListener listener) {
        this.revision = revision;
        this.listener = listener;
    }

    /** What was done so far. */
    ChangeSet changes() {
        return new ChangeSet(revision, done);
    }

    void tell(Change change) {
        done.add(change);
        listener.onChange(change);
    }

    /** Tells that an object failed, for which nothing was told before. */
    void fail(Change change, Failure failure) {
        note(change.ref(), failure);
        tell(change);
    }

    /** Notes that an object failed after it had been applied. */
    void note(ObjectRef ref, Failure failure) {
        failed.putIfAbsent(ref, failure.about(ref));
    }

    void skip(Target target, String why) {
        tell(new Change(target.ref(), target.kind().apiVersion(), Action.SKIPPED, why));
    }

    /** The objects that failed. */
    Set<ObjectRef> failed() {
        return Set.copyOf(failed.keySet());
    }

    boolean hasFailed(ObjectRef ref) {
        return failed.containsKey(ref);
    }

    /** One failure for all that failed; empty where nothing did. */
    Optional<Failure> failure() {
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        List<Failure> each = failed.values().stream().distinct().toList();
        return Optional.of(
                each.size() == 1 ? each.get(0) : Failure.all(why(each), failed.size() + " objects failed", each));
    }

    /** The first reason for which it is worth to try again; or where there is none, the first. */
    private static Reason why(List<Failure> each) {
        return each.stream()
                .map(Failure::why)
                .filter(why -> why.retry() != Retry.NEVER)
                .findFirst()
                .orElse(each.get(0).why());
    }
}
