package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.InventoryStore.Stored;
import io.gitopstoolkit.apply.PruneRules.Purpose;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.internal.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings a cluster to the state that manifests describe, for one {@link Owner}, by server-side apply.
 *
 * <p>All methods block, and hear the deadline and the interruption of their thread. Instances are safe between threads;
 * two deliveries of one owner at the same time are noticed, and one of them fails. The Kubernetes client is borrowed:
 * it stays open, and its retry settings do not matter, for an applier tries a busy or unreachable API server three times
 * by itself.
 *
 * <p>The owner's namespace must exist: there, the ConfigMap {@code inventory.<owner's name>.<owner's group>} keeps the
 * {@link Inventory}, unless {@link ApplierBuilder#inventory} names another place.
 */
public final class Applier {
    private static final Revision NONE = new Revision("none", null);

    private final Cluster cluster;
    private final Options options;
    private final Preparation preparation;
    private final InventoryStore store;

    Applier(Cluster cluster, Options options, Preparation preparation) {
        this.cluster = cluster;
        this.options = options;
        this.preparation = preparation;
        InventoryStore at = InventoryStore.at(
                options.inventory(), cluster, options.prunePolicy().formerOwners());
        this.store = new RememberedStore(at, cluster.memory());
    }

    /**
     * Begins an applier.
     *
     * @param client stays open
     * @param owner of all objects that the applier applies
     */
    public static ApplierBuilder builder(KubernetesClient client, Owner owner) {
        return new ApplierBuilder(requireNonNull(client, "client"), requireNonNull(owner, "owner"));
    }

    /**
     * Applies {@code desired}, and deletes what the owner has in the cluster and {@code desired} does not hold. Where that is
     * more than {@link ApplierBuilder#prunePolicy} allows, nothing is applied or deleted; above all, an empty set does not
     * delete everything, {@link #uninstall} does.
     *
     * <p>Definitions, namespaces and cluster roles come first and are waited for, up to 60 seconds; then the kinds that
     * end in {@code Class}, likewise; then the rest, in Flux's order. Each of these stages is first tried by dry run,
     * and nothing of it is written if an object is refused. Fields that others own are taken over. An object that is as
     * it should be is not written.
     *
     * <p>Sync waves and hooks of Argo CD, and cli-utils' {@code depends-on}, also as {@code <group>/depends-on}, are followed. Hooks
     * run once for each content of the set, and again after a delivery that failed.
     *
     * <p>Pruning goes in reverse order, and leaves alone the owner's namespace, and objects that do not carry the owner's
     * labels, for they moved to another owner, or carry one of the annotations {@code prune: disabled},
     * {@code reconcile: disabled} or {@code ssa: Ignore}, with {@code <group>/} or Flux's
     * {@code kustomize.toolkit.fluxcd.io/} before it, or Argo CD's {@code argocd.argoproj.io/sync-options: Prune=false}.
     * These leave the inventory. What stays in it, and is tried again by the next delivery: objects that could not be
     * deleted, that are being deleted and not gone yet, that wait for approval ({@code Prune=confirm} without
     * {@code argocd.argoproj.io/deletion-approved}), and definitions that others use.
     *
     * <p>Each object gets the owner's labels, and where its kind is namespaced and it names no namespace, the default
     * one. Its status, and metadata that the API server sets, are left out; {@code stringData} of a Secret becomes
     * {@code data}.
     *
     * @return what was done, in order, to each object of {@code desired} and each that was pruned
     * @throws ApplyException if an object is refused, the API server cannot be asked, or the time is over;
     *     {@link ApplyException#partial} tells what reached the cluster, and a later call completes it
     */
    public ChangeSet apply(ManifestSet desired, Deadline deadline) {
        return cluster.withKindsAsTheyAre(() -> applyOnce(desired, deadline));
    }

    private ChangeSet applyOnce(ManifestSet desired, Deadline deadline) {
        var delivery = new Delivery(cluster, options, desired.revision(), deadline);
        delivery.run(() -> {
            List<Target> targets = delivery.accept(preparation.prepare(desired, deadline));
            Stored before = store.load(deadline);
            Inventory stale = stale(before, targets);
            if (options.prune() && !delivery.hasFailed()) {
                pruner().requireConsent(before.inventory(), stale, targets.isEmpty(), deadline);
            }
            new RecordedDelivery(store, delivery).apply(targets, before, stale);
        });
        return delivery.changes();
    }

    /** Applies what was delivered before; whatever came since may be pruned without further consent. */
    ChangeSet restore(ManifestSet earlier, Deadline deadline) {
        var delivery = new Delivery(cluster, options, earlier.revision(), deadline);
        delivery.run(() -> {
            List<Target> targets = delivery.accept(preparation.prepare(earlier, deadline));
            Stored before = store.load(deadline);
            new RecordedDelivery(store, delivery).apply(targets, before, stale(before, targets));
        });
        return delivery.changes();
    }

    /**
     * Carries out a plan that {@link #diff} made, here or in another process, and nothing else: first it is checked that
     * nothing has moved since. Only then anything is written. An object counts as moved if it is there now and was not, or
     * the other way about, or was written since, other than in its status; one that is to stay as it is, if it would not
     * any more. What the plan deletes needs no further consent.
     *
     * @param desired the manifests that the plan was made for; a plan does not hold them, for there may be Secrets
     * @return what was done, as by {@link #apply(ManifestSet, Deadline)}
     * @throws ApplyException {@code PLAN_OUTDATED} if something has moved, with {@link ApplyException#failures}, or the plan
     *     is that of another owner or other manifests; else as {@link #apply(ManifestSet, Deadline)} does
     */
    public ChangeSet apply(Plan plan, ManifestSet desired, Deadline deadline) {
        var check = new PlanCheck(cluster, options, plan, deadline);
        var delivery = new Delivery(cluster, options.expecting(check::requirePlanned), desired.revision(), deadline);
        delivery.run(() -> {
            check.requireSame(desired);
            List<Target> targets = preparation.targets(desired, deadline);
            Stored before = store.load(deadline);
            Inventory stale = check.requireUnmoved(targets, before.inventory());
            new RecordedDelivery(store, delivery).apply(targets, before, stale);
        });
        return delivery.changes();
    }

    /** What is to be pruned. */
    private Inventory stale(Stored before, List<Target> targets) {
        return options.prune()
                ? before.inventory().without(Inventory.of(targets).refs())
                : Inventory.empty();
    }

    /**
     * Says what {@link #apply(ManifestSet, Deadline)} would do, and writes nothing: the API server is asked for dry runs
     * only. An object whose namespace or definition comes with {@code desired} and is not there yet counts as created.
     *
     * @throws ApplyException if objects would be refused, all of which {@link ApplyException#failures} names, the API
     *     server cannot be asked, or the time is over
     */
    public Plan diff(ManifestSet desired, Deadline deadline) {
        return failing(desired.revision(), () -> {
            var prepared = preparation.prepare(desired, deadline);
            Stored before = store.load(deadline);
            var planner = new Planner(cluster, options, prepared, before.hooksRanFor());
            Inventory stale = stale(before, planner.targets());
            return planner.plan(desired, before.inventory(), () -> pruner().plan(stale, deadline), deadline);
        });
    }

    /**
     * Applies {@code desired} as {@link #apply(ManifestSet, Deadline)} does, and waits until all of it is healthy, as {@link
     * #await} does. What became healthy is kept, as {@link ApplierBuilder#rollback} says, unless it is what was kept last.
     *
     * <p>If it does not become healthy before the deadline, fails where the applier is to {@linkplain
     * ApplierBuilder#failFast fail fast}, or is left halfway because an object is refused, and the policy says so, this
     * returns to the last healthy delivery: applies that, prunes what came since, and waits for its health, with a time limit
     * of its own. That happens once: if the return does not become healthy either, it is left as it is. A return that is cut
     * short is completed by the next call with the same manifests, which does not try these again; other manifests are
     * delivered in its place. After a return that was completed, the next call tries whatever it is given.
     *
     * @return what was done to each object
     * @throws ApplyException as {@link #apply(ManifestSet, Deadline)} and {@link #await} do; after a return
     *     the message says {@code rolled back to <revision>}, or why not, and {@link ApplyException#rolledBack} tells its
     *     changes. {@code INVALID_SET} if the manifests are too large to be kept
     */
    public ChangeSet deliver(ManifestSet desired, Deadline deadline) {
        return failing(desired.revision(), () -> rollback().deliver(desired, deadline));
    }

    /**
     * Returns to the last healthy delivery that was kept, and waits until it is healthy.
     *
     * @return what was done to each object, under its revision
     * @throws ApplyException {@code MISSING_ROLLBACK_TARGET} if none is kept; else as {@link #deliver} does
     */
    public ChangeSet rollback(Deadline deadline) {
        return failing(NONE, () -> rollback().toLatest(deadline));
    }

    /**
     * Returns to the last healthy delivery of {@code revision} that was kept, and waits until it is healthy.
     *
     * @return what was done to each object
     * @throws ApplyException {@code MISSING_ROLLBACK_TARGET} if it is not kept; else as {@link #deliver} does
     */
    public ChangeSet rollback(Revision revision, Deadline deadline) {
        return failing(revision, () -> rollback().to(revision, deadline));
    }

    /**
     * Reads the last healthy delivery that was kept; empty where none is.
     *
     * @throws ApplyException if it is damaged, or the API server cannot be asked
     */
    public Optional<ManifestSet> lastHealthy(Deadline deadline) {
        return failing(NONE, () -> rollback().latest(deadline));
    }

    /**
     * Lists the revisions of the healthy deliveries that are kept, the latest first.
     *
     * @throws ApplyException if the API server cannot be asked
     */
    public List<Revision> healthyRevisions(Deadline deadline) {
        return failing(NONE, () -> rollback().revisions(deadline));
    }

    private Rollback rollback() {
        return new Rollback(this, snapshots(), options.rollback());
    }

    private SnapshotStore snapshots() {
        return new SnapshotStore(cluster, options.rollback());
    }

    /**
     * Deletes what the owner has in the cluster and {@code desired} does not hold, as
     * {@link #apply(ManifestSet, Deadline)} does, and applies nothing.
     *
     * @return what was done to each object that {@code desired} does not hold
     * @throws ApplyException if an object could not be deleted, the API server cannot be asked, or the time is over;
     *     what was not deleted stays in the inventory
     */
    public ChangeSet prune(ManifestSet desired, Deadline deadline) {
        var delivery = new Delivery(cluster, options, desired.revision(), deadline);
        delivery.run(() -> {
            Inventory wanted = Inventory.of(preparation.targets(desired, deadline));
            Stored before = store.load(deadline);
            Inventory stale = before.inventory().without(wanted.refs());
            pruner().requireConsent(
                            before.inventory(), stale, desired.manifests().isEmpty(), deadline);
            List<ObjectRef> gone = delivery.prune(stale);
            if (!gone.isEmpty()) {
                store.save(before, before.inventory().without(gone), deadline);
            }
            delivery.requirePruned();
        });
        return delivery.changes();
    }

    /**
     * Deletes all that the owner has in the cluster, and the inventory, by {@link DeletionPolicy#MIRROR_PRUNE}.
     *
     * @see #uninstall(DeletionPolicy, Deadline)
     */
    public ChangeSet uninstall(Deadline deadline) {
        return uninstall(DeletionPolicy.MIRROR_PRUNE, deadline);
    }

    /**
     * Ends the delivery: deletes all that the owner has in the cluster, or leaves it there, and deletes the inventory, and what
     * {@link ApplierBuilder#rollback} keeps. For
     * the finalizer of a controller, and for whoever removes an application. What {@link #apply(ManifestSet, Deadline)} does not prune is kept
     * here too, but in place of Argo CD's option {@code Prune} it is {@code Delete=false} and {@code Delete=confirm} that
     * count. Where something has to be tried again the inventory stays, with that in it.
     *
     * @return what was done to each object of the inventory
     * @throws ApplyException if an object could not be deleted, or is not gone in time, the API server cannot be asked, or the
     *     time is over; a later call completes it
     */
    public ChangeSet uninstall(DeletionPolicy policy, Deadline deadline) {
        var delivery = new Delivery(cluster, options, NONE, deadline);
        delivery.run(() -> {
            new Uninstallation(store, options, delivery).run(policy, deadline);
            if (options.rollback().revisions() > 0) {
                snapshots().clear(deadline);
            }
        });
        return delivery.changes();
    }

    /**
     * Waits until all of {@code refs} are healthy, by watches, so that a long wait sends no more requests than a short one.
     * A definition is, once the API server serves its kind.
     *
     * @return the health of each, in the order of {@link ObjectRef}
     * @throws ApplyException {@code NOT_HEALTHY} if the time is over before, or an object failed and the applier is to
     *     {@linkplain ApplierBuilder#failFast fail fast}; the message and {@link ApplyException#unhealthy} tell which, and
     *     {@link ApplyException#explanation} why
     */
    public Map<ObjectRef, Health> await(Collection<ObjectRef> refs, Deadline deadline) {
        var waiter = new Waiter(cluster, options);
        return options.observer()
                .observe(
                        "health.await", Map.of(), () -> failing(NONE, () -> waiter.await(List.copyOf(refs), deadline)));
    }

    /**
     * Says why objects are not healthy, with at most 80 requests for the first ten that are not: see {@link Explanation}.
     * What the client's user may not read, or was not read in time, is in its notes, and no failure. Secrets are read for
     * nothing but to mask their values in log lines; see {@link ApplierBuilder#withoutLogs}.
     */
    public Explanation explain(Collection<ObjectRef> refs, Deadline deadline) {
        return new Explainer(cluster, options, deadline).explain(refs);
    }

    /**
     * Looks at the health of each of {@code refs} once.
     *
     * @throws ApplyException if the API server cannot be asked, or does not know a kind
     */
    public Map<ObjectRef, Health> health(Collection<ObjectRef> refs, Deadline deadline) {
        return failing(NONE, () -> new Waiter(cluster, options).look(List.copyOf(refs), deadline));
    }

    /**
     * Tells who holds which field of an object; empty where it is not in the cluster.
     *
     * @throws ApplyException if the API server cannot be asked, or does not know the kind
     */
    public Optional<FieldOwners> fieldOwners(ObjectRef ref, Deadline deadline) {
        return failing(NONE, () -> {
            Kind kind = cluster.kind(ref, deadline)
                    .orElseThrow(() -> new Failure(
                            Reason.UNKNOWN_KIND,
                            ref + ": the cluster does not know this kind; install its definition"));
            return cluster.get(kind, ref, deadline).map(FieldOwners::of);
        });
    }

    /**
     * Reads the inventory from the cluster; it is empty before the first delivery.
     *
     * @throws ApplyException if it is damaged, or the API server cannot be asked
     */
    public Inventory inventory(Deadline deadline) {
        return failing(NONE, () -> store.load(deadline).inventory());
    }

    /**
     * Adds to the owner's inventory all that another holds, so that the owner's next delivery takes those objects over, and
     * prunes what it does not want of them. For moving from Flux: {@code from} is
     * {@link InventoryLocation#statusOf the status} of its Kustomization, which is suspended before and then deleted with the
     * deletion policy {@code Orphan}; and {@link PrunePolicy#withFormerOwner} lets objects be pruned that carry its labels.
     *
     * @return the owner's inventory now
     * @throws ApplyException if one of the two cannot be read or written; then nothing has changed
     */
    public Inventory adopt(InventoryLocation from, Deadline deadline) {
        return failing(NONE, () -> {
            InventoryStore other =
                    InventoryStore.at(from, cluster, options.prunePolicy().formerOwners());
            Stored before = store.load(deadline);
            Inventory both = other.load(deadline).inventory().beforeApplying(before.inventory());
            return store.save(before, both, deadline).inventory();
        });
    }

    private Pruner pruner() {
        return new Pruner(cluster, PruneRules.of(cluster, options.inventory(), options.prunePolicy(), Purpose.PRUNE));
    }

    /** What a watcher of the same owner works with. */
    Cluster cluster() {
        return cluster;
    }

    Options options() {
        return options;
    }

    Preparation preparation() {
        return preparation;
    }

    private static <T> T failing(Revision revision, Supplier<T> work) {
        try {
            return work.get();
        } catch (Failure e) {
            throw e.after(new ChangeSet(revision, List.of()));
        } catch (DeadlineException e) {
            throw Failure.of(e).after(new ChangeSet(revision, List.of()));
        }
    }
}
