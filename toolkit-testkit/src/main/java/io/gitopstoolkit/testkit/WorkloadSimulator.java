package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.workload.WorkloadStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Plays the controllers and nodes that a bare API server does not have: Deployments, StatefulSets, DaemonSets, Jobs and
 * PersistentVolumeClaims of all namespaces get the status that they would get, first under way, then ready. It makes no
 * pods, and does what it does by watches and the status subresource alone, the same on an {@link EmbeddedKubernetes} and
 * on a real API server.
 *
 * <pre>{@code
 * try (var kubernetes = EmbeddedKubernetes.start();
 *         var workloads = WorkloadSimulator.start(kubernetes.client())) { ... }
 * }</pre>
 *
 * <p>It works on threads of its own, which are daemons. The client is borrowed, and must stay open until {@link #close}.
 */
public final class WorkloadSimulator implements AutoCloseable {
    private static final String FIELD_MANAGER = "workload-simulator";
    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(Deployment.class, StatefulSet.class, DaemonSet.class, Job.class, PersistentVolumeClaim.class);

    private final KubernetesClient client;
    private final Duration readyAfter;
    private final Function<ObjectRef, Outcome> outcomes;
    private final ScheduledExecutorService executor;
    private final Map<String, Long> handled = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    private WorkloadSimulator(Builder builder) {
        this.client = builder.client;
        this.readyAfter = builder.readyAfter;
        this.outcomes = builder.outcomes;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, FIELD_MANAGER);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What becomes of a workload. */
    public enum Outcome {
        /** It becomes ready. */
        READY,
        /** It fails, as far as its kind can: a Deployment exceeds its deadline, a Job fails, a claim is lost. */
        FAIL,
        /** It stays under way. */
        HANG
    }

    /** Starts with every workload ready 50 ms after it was created or changed. Blocks until the watches are set up. */
    public static WorkloadSimulator start(KubernetesClient client) {
        return builder(client).start();
    }

    /** A simulator to be configured. */
    public static Builder builder(KubernetesClient client) {
        return new Builder(client);
    }

    private void watch() {
        KINDS.forEach(kind -> informers.add(watch(kind)));
    }

    private <T extends HasMetadata> SharedIndexInformer<T> watch(Class<T> kind) {
        return client.resources(kind).inAnyNamespace().inform(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T object) {
                seen(object);
            }

            @Override
            public void onUpdate(T old, T object) {
                seen(object);
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                handled.remove(object.getMetadata().getUid());
            }
        });
    }

    /** Takes up an object once for each generation; kinds without generations once. */
    private void seen(HasMetadata object) {
        Long generation = object.getMetadata().getGeneration();
        long now = generation == null ? 0 : generation;
        boolean single = object instanceof Job || object instanceof PersistentVolumeClaim;
        Long before = handled.put(object.getMetadata().getUid(), now);
        if (before != null && (single || before >= now)) {
            return;
        }
        Outcome outcome = outcomes.apply(new ObjectRef(
                ObjectRef.groupOf(object.getApiVersion()),
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName()));
        Map<String, Object> tree =
                Tree.mapAt(Json.parse(client.getKubernetesSerialization().asJson(object)));
        schedule(() -> write(object, status(tree).underWay()), Duration.ZERO);
        if (outcome != Outcome.HANG) {
            schedule(
                    () -> write(
                            object,
                            outcome == Outcome.READY
                                    ? status(tree).ready()
                                    : status(tree).failed()),
                    readyAfter);
        }
    }

    private static WorkloadStatus status(Map<String, Object> tree) {
        return new WorkloadStatus(
                tree, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private void schedule(Runnable task, Duration delay) {
        try {
            @SuppressWarnings("unused") // write() lets nothing out that anybody could act on
            var unused = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed while an event was under way: nobody waits for it.
        }
    }

    private void write(HasMetadata object, Map<String, Object> status) {
        var patch = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FIELD_MANAGER)
                .build();
        try {
            client.resources(object.getClass())
                    .inNamespace(object.getMetadata().getNamespace())
                    .withName(object.getMetadata().getName())
                    .subresource("status")
                    .patch(patch, Json.print(Tree.of("status", status)));
        } catch (KubernetesClientException e) {
            // Deleted meanwhile, or the API has gone: there is no status to write any more.
        }
    }

    /** Stops to write statuses. What was written stays. Can be called again. */
    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
        executor.shutdownNow();
    }

    /** Configures a {@link WorkloadSimulator}. */
    public static final class Builder {
        private final KubernetesClient client;
        private Duration readyAfter = Duration.ofMillis(50);
        private Function<ObjectRef, Outcome> outcomes = ref -> Outcome.READY;

        private Builder(KubernetesClient client) {
            this.client = requireNonNull(client, "client");
        }

        /** The time from an object's creation or change to its outcome. Default 50 ms. */
        public Builder readyAfter(Duration time) {
            this.readyAfter = requireNonNull(time, "time");
            return this;
        }

        /** What becomes of each workload. Default: all become ready. The function is called on the watches' threads. */
        public Builder outcome(Function<ObjectRef, Outcome> outcome) {
            this.outcomes = requireNonNull(outcome, "outcome");
            return this;
        }

        /** Starts to watch. Blocks until the watches are set up. */
        public WorkloadSimulator start() {
            var simulator = new WorkloadSimulator(this);
            simulator.watch();
            return simulator;
        }
    }
}
