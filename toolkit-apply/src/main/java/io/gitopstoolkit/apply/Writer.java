package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.Batch.Result;
import io.gitopstoolkit.apply.internal.Answer;
import io.gitopstoolkit.apply.internal.JsonPointer;
import java.util.List;

/** Brings objects to the state that they were assessed for, and notes it. Safe between threads. */
final class Writer {
    private static final int CREATED = 201;

    private final Cluster cluster;
    private final Options options;
    private final Recreation recreation;
    private final Adoption adoption;

    Writer(Cluster cluster, Options options) {
        this.cluster = cluster;
        this.options = options;
        this.recreation = new Recreation(cluster, options);
        this.adoption = new Adoption(cluster, options.handling());
    }

    /**
     * Writes one object, unless it is as it should be or is to be left alone.
     *
     * @throws Failure if it is refused
     */
    Result write(Assessment assessment, Deadline deadline) {
        Target target = assessment.target();
        deadline.check("apply " + target.ref());
        if (assessment.action() == Action.SKIPPED) {
            return new Result(assessment.change(), true, null);
        }
        if (assessment.action() == Action.UNCHANGED) {
            Manifest live = assessment.live();
            boolean ready = live == null ? assessment.ready() : remember(target, live);
            return new Result(assessment.change(), ready, null);
        }
        cluster.memory().forget(target.ref()); // until it is known what the write did
        if (assessment.isRecreation()) {
            return applied(assessment, recreation.recreate(assessment, deadline));
        }
        try {
            if (assessment.live() != null) {
                adoption.adopt(target, assessment.live(), deadline);
            }
            return applied(assessment, cluster.apply(payload(assessment), deadline));
        } catch (Failure e) {
            Assessment again = assessment.isTried() ? assessment : recreation.instead(assessment, e, deadline);
            if (!again.isRecreation()) {
                throw e;
            }
            return applied(again, recreation.recreate(again, deadline));
        }
    }

    /** What is sent: fields that are ignored stay as they are where the object is there. */
    private Target payload(Assessment assessment) {
        Target target = assessment.target();
        List<JsonPointer> ignored = options.handling().ignored().of(target.manifest());
        if (ignored.isEmpty() || assessment.live() == null) {
            return target;
        }
        String manager = cluster.owner().fieldManager();
        return target.with(IgnoredFields.payload(target.manifest(), assessment.live(), ignored, manager));
    }

    private Result applied(Assessment assessment, Answer answer) {
        Manifest live = new Manifest(answer.body());
        Change change = assessment.isTried() ? assessment.change() : change(assessment, answer, live);
        return new Result(change, remember(assessment.target(), live), null);
    }

    /** What a write did that no dry run had told. */
    private static Change change(Assessment assessment, Answer answer, Manifest live) {
        Action action = answer.status() == CREATED
                ? Action.CREATED
                : assessment.live() != null && Trials.version(assessment.live()).equals(Trials.version(live))
                        ? Action.UNCHANGED
                        : Action.CONFIGURED;
        Target target = assessment.target();
        return new Change(target.ref(), target.kind().apiVersion(), action, "");
    }

    private boolean remember(Target target, Manifest live) {
        boolean ready = options.healthCheck().check(live).isCurrent();
        cluster.memory().remember(target, live, cluster.owner().fieldManager(), ready);
        return ready;
    }
}
