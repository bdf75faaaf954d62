package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.PrunePolicy.Propagation;
import io.gitopstoolkit.apply.internal.Answer;
import io.gitopstoolkit.apply.internal.Tree;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes objects and creates them again, where a field cannot be changed and the owner or the object allows it. An object
 * that is deleted stays in the inventory: whatever comes in between, the next delivery creates it.
 */
final class Recreation {
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final Cluster cluster;
    private final Options options;
    private final Policies policies;

    Recreation(Cluster cluster, Options options) {
        this.cluster = cluster;
        this.options = options;
        this.policies = new Policies(cluster.owner());
    }

    /** Whether an object that is there may be recreated after it was refused. */
    boolean isAllowed(Target target, Manifest live, Failure refused) {
        return refused.why() == Reason.IMMUTABLE_FIELD
                && (options.handling().forces() || policies.forces(target.manifest()) || policies.forces(live));
    }

    /** The recreation of an object that was refused when it was written; what was assessed where that is not allowed. */
    Assessment instead(Assessment assessment, Failure refused, Deadline deadline) {
        if (refused.why() != Reason.IMMUTABLE_FIELD) {
            return assessment;
        }
        Target target = assessment.target();
        return cluster.get(target.kind(), target.ref(), deadline)
                .filter(live -> isAllowed(target, live, refused))
                .map(live -> Assessment.recreated(target, live, refused))
                .orElse(assessment);
    }

    /**
     * Deletes the object, waits until it is gone, and creates it.
     *
     * @throws Failure if one of these fails, with what has become of the object
     */
    Answer recreate(Assessment assessment, Deadline deadline) {
        Target target = assessment.target();
        Manifest live = Objects.requireNonNull(assessment.live());
        delete(target, live, deadline);
        try {
            waitUntilGone(target, live, deadline);
        } catch (DeadlineException e) {
            Failure failure = Failure.of(e);
            throw new Failure(
                    failure.why(),
                    target.ref() + ": was deleted to be created again, and was not seen to go in time"
                            + finalizers(live) + "; the next delivery creates it",
                    e,
                    null);
        }
        try {
            return cluster.apply(target, deadline);
        } catch (Failure e) {
            throw new Failure(
                    e.why(),
                    target.ref() + ": was deleted to be created again, and could not be created: "
                            + e.problem(target.ref()) + "; a later delivery creates it",
                    e.getCause(),
                    e.retryAfter());
        } catch (DeadlineException e) {
            throw new Failure(
                    Failure.of(e).why(),
                    target.ref() + ": was deleted to be created again, and the time was over before it was created;"
                            + " the next delivery creates it",
                    e,
                    null);
        }
    }

    private void delete(Target target, Manifest live, Deadline deadline) {
        Manifest seen = live;
        for (int attempt = 1; ; attempt++) {
            try {
                cluster.delete(target.kind(), seen, Propagation.BACKGROUND, deadline);
                return;
            } catch (Failure e) {
                Optional<Manifest> now = e.why() == Reason.CONFLICT && attempt < ATTEMPTS
                        ? cluster.get(target.kind(), target.ref(), deadline)
                        : Optional.empty();
                // It was written meanwhile, or was deleted and is another by now, which the next dry run judges.
                seen = now.filter(there -> uid(there).equals(uid(live))).orElseThrow(() -> e);
            }
        }
    }

    private void waitUntilGone(Target target, Manifest live, Deadline deadline) {
        Duration pause = FIRST_PAUSE;
        while (cluster.get(target.kind(), target.ref(), deadline)
                .filter(there -> uid(there).equals(uid(live)))
                .isPresent()) {
            deadline.pause(pause, "wait until " + target.ref() + " is gone");
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(options.pollInterval()) < 0 ? longer : options.pollInterval();
        }
    }

    private static String finalizers(Manifest live) {
        Object names = Tree.at(live.content(), "metadata", "finalizers");
        return names == null ? "" : ", held by its finalizers " + names;
    }

    private static String uid(Manifest object) {
        return Tree.text(object.content(), "", "metadata", "uid");
    }
}
