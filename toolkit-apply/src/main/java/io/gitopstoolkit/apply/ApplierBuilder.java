package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Observer;
import io.gitopstoolkit.apply.health.HealthCheck;
import io.gitopstoolkit.apply.health.HealthChecks;
import io.gitopstoolkit.apply.internal.Api;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Sets the options of an {@link Applier}. Not safe between threads. */
public final class ApplierBuilder {
    private final KubernetesClient client;
    private final Owner owner;
    private String defaultNamespace;
    private Bounds bounds = Bounds.NONE;
    private int concurrency = 4;
    private Staging staging = Staging.DEFAULT;
    private Handling handling = Handling.DEFAULT;
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration pollInterval = Duration.ofSeconds(2);
    private boolean failFast;
    private boolean prune = true;
    private PrunePolicy prunePolicy = PrunePolicy.standard();
    private InventoryLocation inventory = InventoryLocation.configMap();
    private HealthCheck healthCheck = HealthChecks.kstatus();
    private Inquiry inquiry = Inquiry.DEFAULT;
    private ApplyListener listener = ApplyListener.NONE;
    private Observer observer = Observer.NONE;
    private RollbackPolicy rollback = RollbackPolicy.none();

    ApplierBuilder(KubernetesClient client, Owner owner) {
        this.client = client;
        this.owner = owner;
        this.defaultNamespace = owner.namespace();
    }

    /** The namespace of objects that name none, though their kind has one. Default: the owner's. */
    public ApplierBuilder defaultNamespace(String namespace) {
        if (namespace.isEmpty()) {
            throw new IllegalArgumentException("the default namespace needs a name");
        }
        this.defaultNamespace = namespace;
        return this;
    }

    /**
     * The only namespaces that are delivered to; a set with objects in others is refused before anything is written, and all of
     * them are named. Default: all that the client's user may write to. Objects without a namespace are not concerned.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ApplierBuilder onlyNamespaces(Set<String> namespaces) {
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException("at least one namespace");
        }
        this.bounds = new Bounds(namespaces, bounds.clusterScope());
        return this;
    }

    /**
     * Refuses sets with objects of cluster scope, such as namespaces and definitions, before anything is written; all of them
     * are named. Default: they are applied.
     */
    public ApplierBuilder withoutClusterScope() {
        this.bounds = new Bounds(bounds.namespaces(), false);
        return this;
    }

    /**
     * Limits one request to the API server. Default 30 s. The call's {@link Deadline} wins when it is nearer.
     *
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public ApplierBuilder requestTimeout(Duration limit) {
        this.requestTimeout = positive(limit);
        return this;
    }

    /**
     * How many requests a delivery sends at once. Default 4, as Flux's controller. Its calls take so many threads of their
     * own, which end with them; listeners are still called by the thread of the delivery, in order.
     *
     * @throws IllegalArgumentException if {@code requests} is zero or negative
     */
    public ApplierBuilder concurrency(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("at least one request at once, not " + requests);
        }
        this.concurrency = requests;
        return this;
    }

    /**
     * Kinds that are applied before the rest, after definitions and classes; nothing is waited for in between, as in Flux.
     * Default: none.
     *
     * @param kinds each as {@code <group>/<kind>}, or for the core group the kind alone, such as {@code Secret} or
     *     {@code rbac.authorization.k8s.io/Role}
     * @throws IllegalArgumentException if one has another form
     */
    public ApplierBuilder stageKinds(Set<String> kinds) {
        this.staging = staging.withKinds(kinds);
        return this;
    }

    /**
     * Writes objects without a dry run of all that are written together: one request for an object instead of two, for
     * where what is delivered has been tried before. Then an object that is refused does not keep those before it from
     * being written. {@link Applier#diff} asks for dry runs all the same. Default: a dry run comes first.
     */
    public ApplierBuilder withoutValidation() {
        this.handling = handling.unvalidated();
        return this;
    }

    /**
     * Limits the wait for the definitions, namespaces and cluster roles of a delivery to be ready, and that for its
     * classes. Default 60 s for each. The call's {@link Deadline} wins when it is nearer.
     *
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public ApplierBuilder stageTimeout(Duration limit) {
        this.staging = staging.withLimit(positive(limit));
        return this;
    }

    /**
     * Makes {@link Applier#apply} go on past objects that are refused or fail. Default: where one object of a stage is
     * refused, nothing of that stage is written.
     *
     * <p>What does not need a failed object is delivered, in later stages too; what does is skipped: the custom resources of
     * its definition, the objects of a namespace that is not there, later sync waves and hooks, and what depends on it by
     * annotation. Nothing is pruned, for an object that could not be applied may be the successor of one that would go, and
     * the inventory keeps all. The call still ends with an {@link ApplyException}, whose
     * {@link ApplyException#partial partial} holds every object and whose {@link ApplyException#failures failures} say why
     * each of them failed.
     */
    public ApplierBuilder continueOnFailure() {
        this.staging = staging.continuing();
        return this;
    }

    /**
     * Takes over the fields of other managers too, such as a tool that was used before: what of them is not in a manifest is
     * removed. Those of {@code kubectl*} and {@code before-first-apply}, and those that the owner's field manager holds by
     * update, are always taken over, together with the annotations of {@code kubectl apply} and of older versions of Flux.
     * Fields of subresources, such as the status, never are. An object with the annotation or label
     * {@code <group>/ssa: Merge}, or Flux's {@code kustomize.toolkit.fluxcd.io/ssa: Merge}, is left as it is.
     *
     * @param managers names as {@code metadata.managedFields} has them; one that ends in {@code *} stands for all that begin
     *     so
     * @throws IllegalArgumentException if one is empty, or a {@code *} alone
     */
    public ApplierBuilder adoptFrom(String... managers) {
        for (String manager : managers) {
            if (manager.replace("*", "").isEmpty()) {
                throw new IllegalArgumentException("the name of a field manager, not '" + manager + "'");
            }
        }
        this.handling = handling.adopting(List.of(managers));
        return this;
    }

    /**
     * Leaves fields to others: such a field may differ without being drift. Where an object is written for another reason,
     * the field is left out if another manager has applied it, and otherwise sent with the value that it has in the cluster.
     * An object that is created gets the value of its manifest. Default: none.
     */
    public ApplierBuilder ignoring(IgnoreRule... rules) {
        this.handling = handling.ignoring(new IgnoredFields(List.of(rules)));
        return this;
    }

    /**
     * Deletes an object and creates it again where it differs in a field that cannot be changed, and in no other way that
     * the API server refuses. It is deleted in the background, and waited for until it is gone. Where the API server then
     * refuses to create it, it is gone until a later delivery creates it. Default: such an object is refused, unless the
     * annotation or label {@code <group>/force: enabled}, or Flux's {@code kustomize.toolkit.fluxcd.io/force: enabled},
     * allows it, on the manifest or on the object in the cluster.
     */
    public ApplierBuilder force() {
        this.handling = handling.forced();
        return this;
    }

    /**
     * The longest time between two attempts to see objects that are waited for where a watch cannot tell of them: because
     * the client's user may not watch, there would be more than 32 watches, or the API server is away. Default 2 s. The
     * first attempts come sooner, after 100 ms, 200 ms and so on.
     *
     * @throws IllegalArgumentException if {@code interval} is zero or negative
     */
    public ApplierBuilder pollInterval(Duration interval) {
        this.pollInterval = positive(interval);
        return this;
    }

    /**
     * Ends a wait as soon as one object has failed. Default: when all that is not healthy has failed, for until then one
     * that failed may recover.
     */
    public ApplierBuilder failFast() {
        this.failFast = true;
        return this;
    }

    /** Makes {@link Applier#apply(io.gitopstoolkit.api.ManifestSet, Deadline)} and {@link Applier#diff} keep what left the inventory, and stay its owner. */
    public ApplierBuilder withoutPrune() {
        this.prune = false;
        return this;
    }

    /** How, and how much, is deleted of what left the inventory. Default: {@link PrunePolicy#standard}. */
    public ApplierBuilder prunePolicy(PrunePolicy policy) {
        this.prunePolicy = requireNonNull(policy, "policy");
        return this;
    }

    /**
     * What is kept of healthy deliveries, and whether {@link Applier#deliver} returns to them. Default: {@link
     * RollbackPolicy#none}.
     */
    public ApplierBuilder rollback(RollbackPolicy policy) {
        this.rollback = requireNonNull(policy, "policy");
        return this;
    }

    /** Where the inventory is kept. Default: {@link InventoryLocation#configMap()}. */
    public ApplierBuilder inventory(InventoryLocation location) {
        this.inventory = requireNonNull(location, "location");
        return this;
    }

    /** Judges the health of objects. Default: {@link HealthChecks#kstatus}. */
    public ApplierBuilder healthCheck(HealthCheck check) {
        this.healthCheck = requireNonNull(check, "check");
        return this;
    }

    /**
     * Limits the time that goes into the {@link ApplyException#explanation} of a wait that fails, beyond the deadline of
     * the call. Default 10 s; zero for no explanation, and no request for one.
     *
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public ApplierBuilder explainTimeout(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a time of zero or more, not " + limit);
        }
        this.inquiry = inquiry.within(limit);
        return this;
    }

    /**
     * Keeps what containers log out of explanations. Default: the last ten lines of those that fail are in them, without the
     * values of the Secrets that their Pod reads; other secrets that a program may log are not recognised.
     */
    public ApplierBuilder withoutLogs() {
        this.inquiry = inquiry.withoutLogs();
        return this;
    }

    /** Hears of each object while a delivery runs. Default: {@link ApplyListener#NONE}. */
    public ApplierBuilder listener(ApplyListener hears) {
        this.listener = requireNonNull(hears, "hears");
        return this;
    }

    /** Times {@code apply.stage} and {@code health.await}. Default: {@link Observer#NONE}. */
    public ApplierBuilder observer(Observer times) {
        this.observer = requireNonNull(times, "times");
        return this;
    }

    /** The applier. No request is sent before the first of its methods is called. */
    public Applier build() {
        var cluster = new Cluster(new Api(client, requestTimeout), owner);
        return new Applier(
                cluster,
                options(),
                new Preparation(cluster, defaultNamespace, InventoryStore.own(inventory, owner), bounds));
    }

    Options options() {
        return new Options(
                concurrency,
                staging,
                handling,
                pollInterval,
                failFast,
                prune,
                prunePolicy,
                inventory,
                healthCheck,
                listener,
                observer,
                rollback,
                inquiry,
                Expectation.NONE);
    }

    private static Duration positive(Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("a time above zero, not " + time);
        }
        return time;
    }
}
