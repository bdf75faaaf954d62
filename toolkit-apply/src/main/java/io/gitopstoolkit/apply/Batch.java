package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.Assessor.Assessment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Applies objects that may be written together: all are tried by dry run before the first is written. */
final class Batch {
    private final Cluster cluster;
    private final Deadline deadline;

    Batch(Cluster cluster, Deadline deadline) {
        this.cluster = cluster;
        this.deadline = deadline;
    }

    /**
     * What was done to one object.
     *
     * @param live the object as it is then
     */
    record Result(Change change, Manifest live) {}

    void apply(List<Target> targets, Consumer<Result> done) {
        for (Assessment assessment : assess(targets)) {
            deadline.check("apply " + assessment.target().ref());
            Manifest live = assessment.action() == Action.UNCHANGED
                    ? assessment.result()
                    : new Manifest(cluster.apply(assessment.target(), deadline).body());
            done.accept(new Result(assessment.change(), live));
        }
    }

    private List<Assessment> assess(List<Target> targets) {
        var assessor = new Assessor(cluster, targets);
        var assessments = new ArrayList<Assessment>();
        var refused = new ArrayList<Failure>();
        for (Target target : targets) {
            try {
                assessments.add(assessor.assess(target, deadline));
            } catch (Failure e) {
                if (!e.isAboutOneObject()) {
                    throw e;
                }
                refused.add(e);
            }
        }
        if (refused.isEmpty()) {
            return assessments;
        }
        throw all(refused);
    }

    private static Failure all(List<Failure> refused) {
        Failure first = refused.get(0);
        if (refused.size() == 1) {
            return first;
        }
        List<String> each = refused.stream().map(Failure::message).toList();
        var failure = new Failure(
                first.why(),
                refused.size() + " objects were refused: "
                        + String.join("; ", each.subList(0, Math.min(10, each.size()))),
                first,
                null);
        refused.subList(1, refused.size()).forEach(failure::addSuppressed);
        return failure;
    }
}
