package io.gitopstoolkit.apply;

import static java.util.stream.Collectors.toSet;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.Drift.Outcome;
import io.gitopstoolkit.apply.Preparation.Prepared;
import io.gitopstoolkit.apply.internal.Tree;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at objects that may have drifted, as a delivery would: by dry run, with all policies. Reports and corrects those
 * that have. Not safe between threads.
 */
final class DriftJudge {
    private static final Digest GONE = Digest.sha256(new byte[0]);
    private static final Duration UNTIL_GIVEN = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Preparation preparation;
    private final DriftOptions options;
    private final Assessor assessor;
    private final Writer writer;
    private final Authors authors;
    private final Steps steps;
    private final BiConsumer<ObjectRef, Duration> again;
    private final DriftHistory history = new DriftHistory(Deadline.Ticker.SYSTEM);
    private final Set<ObjectRef> postponed = new HashSet<>();

    /**
     * @param again is told of objects that are to be looked at again, and after which time
     */
    DriftJudge(Applier applier, DriftOptions options, BiConsumer<ObjectRef, Duration> again) {
        this.cluster = applier.cluster();
        this.preparation = applier.preparation();
        this.options = options;
        this.assessor = new Assessor(cluster, applier.options());
        this.writer = new Writer(cluster, applier.options());
        this.steps = new Steps(cluster, applier.options());
        this.authors = new Authors(cluster.owner().fieldManager());
        this.again = again;
    }

    /** Whether the object is not as it was noted after the last delivery or correction, and this was not reported yet. */
    boolean isSuspect(ObjectRef ref, @Nullable Stamp stamp) {
        if (postponed.contains(ref) || history.isReported(ref, stateOf(stamp))) {
            return false;
        }
        return !isAsNoted(ref, stamp);
    }

    /** Whether no field of ours was touched since the last delivery or correction. */
    boolean isAsNoted(ObjectRef ref, @Nullable Stamp stamp) {
        return stamp != null
                && cluster.memory()
                        .note(ref)
                        .filter(note -> note.after().owned().equals(stamp.owned()))
                        .isPresent();
    }

    /** The time for an object that was postponed, or could not be corrected, is over. */
    void resume(ObjectRef ref) {
        postponed.remove(ref);
    }

    /** Forgets all objects but these. */
    void retain(Set<ObjectRef> refs) {
        history.retain(refs);
        postponed.retainAll(refs);
    }

    /**
     * Judges objects.
     *
     * @param stamps by object; null where it is gone
     * @param delivered all manifests
     * @throws Failure if the API server cannot be asked
     */
    void judge(Map<ObjectRef, @Nullable Stamp> stamps, ManifestSet delivered, Deadline deadline) {
        Set<ObjectRef> refs = stamps.keySet();
        Prepared prepared = preparation.prepare(some(delivered, refs), deadline);
        prepared.refused().forEach((manifest, why) -> unknown(manifest, refs, why));
        List<Target> targets = prepared.targets().stream()
                .filter(target -> refs.contains(target.ref()) && !target.isApart())
                .filter(this::isDelivered)
                .toList();
        for (Assessment assessment : assessor.assess(targets, deadline)) {
            handle(assessment, stamps.get(assessment.target().ref()), deadline);
        }
    }

    /**
     * Whether the manifest is the one that was delivered last; another, as while a delivery is taken back, says nothing of
     * drift, so the object is looked at again soon.
     */
    private boolean isDelivered(Target target) {
        boolean isAnother = cluster.memory()
                .note(target.ref())
                .filter(note -> !note.content().equals(target.digest()))
                .isPresent();
        if (isAnother) {
            again.accept(target.ref(), UNTIL_GIVEN);
        }
        return !isAnother;
    }

    /** The manifests of these objects, and perhaps of some of the same name in other namespaces. */
    private static ManifestSet some(ManifestSet all, Set<ObjectRef> refs) {
        Set<ObjectRef> names = refs.stream().map(DriftJudge::withoutNamespace).collect(toSet());
        return all.withManifests(all.manifests().stream()
                .filter(manifest -> names.contains(withoutNamespace(manifest.ref())))
                .toList());
    }

    private static ObjectRef withoutNamespace(ObjectRef ref) {
        return new ObjectRef(ref.group(), ref.kind(), "", ref.name());
    }

    /** An object whose kind is not served now: that of a definition that was deleted, say. */
    private void unknown(Manifest manifest, Set<ObjectRef> refs, Failure why) {
        ObjectRef name = withoutNamespace(manifest.ref());
        DriftMode mode = mode(manifest).orElse(DriftMode.DETECT);
        refs.stream().filter(ref -> withoutNamespace(ref).equals(name)).forEach(ref -> {
            var report = new Report(ref, manifest.apiVersion(), Drift.Kind.DELETED, List.of(), null, mode);
            if (mode == DriftMode.CORRECT) {
                failed(report, why);
            } else {
                reported(report, null);
            }
        });
    }

    private void handle(Assessment found, @Nullable Stamp stamp, Deadline deadline) {
        ObjectRef ref = found.target().ref();
        switch (found.action()) {
            case UNCHANGED -> {
                history.restored(ref);
                writer.write(found, deadline);
            }
            case CREATED, CONFIGURED, FAILED -> drifted(found, stamp, deadline);
            default -> history.ignored(ref, stateOf(stamp)); // a policy says that it is to be left alone
        }
    }

    private void drifted(Assessment found, @Nullable Stamp stamp, Deadline deadline) {
        ObjectRef ref = found.target().ref();
        Optional<DriftMode> mode = mode(found.target().manifest());
        if (mode.isEmpty() || isOver(found)) {
            history.ignored(ref, stateOf(stamp));
            return;
        }
        Report report = report(found, stamp, mode.get());
        Duration wait = history.wait(ref);
        if (mode.get() != DriftMode.CORRECT) {
            reported(report, stamp);
        } else if (wait.isZero()) {
            correct(found, report, deadline);
        } else {
            later(report.with(Outcome.POSTPONED, history.nextCount(ref), wait, ""));
        }
    }

    /** Whether the object is a Job that Kubernetes deletes after its time, and which would run again. */
    private static boolean isOver(Assessment found) {
        Manifest manifest = found.target().manifest();
        return found.action() == Action.CREATED
                && found.live() == null
                && manifest.kind().equals("Job")
                && Tree.at(manifest.content(), "spec", "ttlSecondsAfterFinished") != null;
    }

    private void reported(Report report, @Nullable Stamp stamp) {
        ObjectRef ref = report.ref();
        Drift drift = report.with(Outcome.REPORTED, history.nextCount(ref), Duration.ZERO, "");
        history.reported(ref, stateOf(stamp));
        options.listener().onDrift(drift);
    }

    private void correct(Assessment found, Report report, Deadline deadline) {
        try {
            if (found.failure() != null) {
                throw found.failure();
            }
            writer.write(found, deadline);
        } catch (Failure e) {
            failed(report, e);
            return;
        }
        Drift drift = report.with(Outcome.CORRECTED, history.nextCount(report.ref()), Duration.ZERO, "");
        history.handled(report.ref());
        options.listener().onDrift(drift);
    }

    private void failed(Report report, Failure why) {
        int count = history.nextCount(report.ref());
        history.handled(report.ref());
        later(report.with(Outcome.FAILED, count, DriftHistory.pause(count), why.message()));
    }

    private void later(Drift drift) {
        postponed.add(drift.ref());
        options.listener().onDrift(drift);
        again.accept(drift.ref(), drift.pause());
    }

    private Report report(Assessment found, @Nullable Stamp stamp, DriftMode mode) {
        Target target = found.target();
        Manifest live = found.live();
        List<Plan.Field> fields = steps.of(found, null).fields();
        boolean isGone = live == null && (stamp == null || found.action() == Action.CREATED);
        return new Report(
                target.ref(),
                target.kind().apiVersion(),
                isGone ? Drift.Kind.DELETED : Drift.Kind.CHANGED,
                fields,
                live == null ? null : authors.of(live, fields),
                mode);
    }

    /** The mode of one object; empty where its drift is of no interest. */
    private Optional<DriftMode> mode(Manifest manifest) {
        String own = manifest.annotations().getOrDefault(cluster.owner().group() + "/drift", "");
        return switch (own.toLowerCase(Locale.ROOT)) {
            case "detect" -> Optional.of(DriftMode.DETECT);
            case "warn" -> Optional.of(DriftMode.WARN);
            case "correct" -> Optional.of(DriftMode.CORRECT);
            case "disabled" -> Optional.empty();
            default -> Optional.of(options.mode());
        };
    }

    private static Digest stateOf(@Nullable Stamp stamp) {
        return stamp == null ? GONE : stamp.owned();
    }

    /** A drift before it is known what comes of it. */
    private record Report(
            ObjectRef ref,
            String apiVersion,
            Drift.Kind kind,
            List<Plan.Field> fields,
            Drift.@Nullable Author author,
            DriftMode mode) {
        Drift with(Outcome outcome, int count, Duration pause, String message) {
            return new Drift(ref, apiVersion, kind, fields, author, mode, outcome, count, pause, message);
        }
    }
}
