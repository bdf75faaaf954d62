package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.apply.internal.ApplyOrder;
import io.gitopstoolkit.apply.internal.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies objects that may be written together: all are tried by dry run before the first is written, several at once.
 * Objects of different rank in the order of kinds are never written at the same time.
 */
final class Batch {
    private final Deadline deadline;
    private final Workers workers;
    private final Assessor assessor;
    private final Writer writer;
    private final boolean validates;
    private final Expectation expectation;

    Batch(Cluster cluster, Options options, Deadline deadline) {
        this.deadline = deadline;
        this.workers = new Workers(options.concurrency());
        this.assessor = new Assessor(cluster, options);
        this.writer = new Writer(cluster, options);
        this.validates = options.handling().validates();
        this.expectation = options.expectation();
    }

    /**
     * What was done to one object.
     *
     * @param ready whether it was healthy when it had been written, or found unchanged; false where nobody looked
     * @param failure why it could not be applied; null where it was
     */
    record Result(Change change, boolean ready, @Nullable Failure failure) {}

    /**
     * Applies all of {@code targets}, or where one of them is refused, none.
     *
     * @param done is told each result as it comes, in the order of {@code targets}
     * @throws Failure with all that were refused; or with the first that could not be written, after which no more are
     */
    void apply(List<Target> targets, Consumer<Result> done) {
        List<Assessment> assessed = assess(targets);
        List<Failure> refused = assessed.stream()
                .map(Assessment::failure)
                .filter(Objects::nonNull)
                .toList();
        if (!refused.isEmpty()) {
            throw Failure.all(refused);
        }
        write(assessed, this::writeOrFail, done);
    }

    /**
     * Applies those of {@code targets} that the API server takes, and tells of the others as failed.
     *
     * @param done is told each result as it comes, in the order of {@code targets}
     * @throws Failure if the API server cannot be asked
     */
    void applyEach(List<Target> targets, Consumer<Result> done) {
        List<Assessment> assessed = assess(targets);
        write(assessed, this::tryToWrite, done);
    }

    private List<Assessment> assess(List<Target> targets) {
        List<Assessment> assessed =
                validates ? assessor.assess(targets, deadline) : assessor.assessUntried(targets, deadline);
        expectation.check(assessed);
        return assessed;
    }

    private void write(List<Assessment> assessed, Function<Assessment, Result> how, Consumer<Result> done) {
        var together = new ArrayList<Assessment>();
        for (Assessment next : assessed) {
            if (!together.isEmpty() && rank(together.get(0)) != rank(next)) {
                workers.each(List.copyOf(together), how, done, deadline);
                together.clear();
            }
            together.add(next);
        }
        workers.each(together, how, done, deadline);
    }

    private static int rank(Assessment assessment) {
        return ApplyOrder.rank(assessment.target().ref());
    }

    private Result writeOrFail(Assessment assessment) {
        try {
            return writer.write(assessment, deadline);
        } catch (Failure e) {
            throw e.about(assessment.target().ref());
        }
    }

    private Result tryToWrite(Assessment assessment) {
        if (assessment.failure() != null) {
            return new Result(assessment.change(), false, assessment.failure());
        }
        try {
            return writer.write(assessment, deadline);
        } catch (Failure e) {
            if (!e.isAboutOneObject()) {
                throw e;
            }
            return new Result(Assessment.refused(assessment.target(), e).change(), false, e);
        }
    }
}
