package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
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
import org.jspecify.annotations.Nullable;

/**
 * Plays the controllers and nodes that a bare API server does not have: Deployments, StatefulSets, DaemonSets, Jobs and
 * PersistentVolumeClaims of all namespaces get the status that they would get, first under way, then ready. With
 * {@link Builder#pods} workloads get their ReplicaSets and pods, and with {@link Builder#addresses} what is to be reached
 * from outside gets an address. It does what it does by the API alone, the same on an {@link EmbeddedKubernetes} and on a
 * real API server.
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
    private final @Nullable PodSimulation pods;
    private final @Nullable String address;
    private final ScheduledExecutorService executor;
    private final Map<String, Long> handled = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    private WorkloadSimulator(Builder builder) {
        this.client = builder.client;
        this.readyAfter = builder.readyAfter;
        this.outcomes = builder.outcomes;
        this.pods = builder.pods ? new PodSimulation(client) : null;
        this.address = builder.address;
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
        if (address != null) {
            informers.add(watch(Service.class));
            informers.add(watch(Ingress.class));
        }
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
        boolean single = object instanceof Job || generation == null || object instanceof Ingress;
        boolean inside = object instanceof Service service
                && !"LoadBalancer".equals(service.getSpec().getType());
        Long before =
                inside ? Long.valueOf(now) : handled.put(object.getMetadata().getUid(), now);
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
        if (object instanceof Service || object instanceof Ingress) {
            expose(object, outcome);
        } else {
            play(object, tree, outcome);
        }
    }

    private void expose(HasMetadata object, Outcome outcome) {
        if (outcome == Outcome.READY && address != null) {
            Map<String, Object> balancer = Tree.of("ingress", Tree.listOf(Tree.of("ip", address)));
            schedule(() -> write(object, Tree.of("loadBalancer", balancer)), readyAfter);
        }
    }

    private void play(HasMetadata object, Map<String, Object> tree, Outcome outcome) {
        boolean ready = outcome == Outcome.READY;
        schedule(() -> write(object, status(tree).underWay()), Duration.ZERO);
        if (pods != null && !(object instanceof PersistentVolumeClaim)) {
            schedule(() -> pods.begin(tree), Duration.ZERO);
            if (outcome != Outcome.HANG) {
                schedule(() -> endPods(pods, tree, ready), readyAfter);
            }
        }
        if (outcome != Outcome.HANG) {
            schedule(
                    () -> write(
                            object, ready ? status(tree).ready() : status(tree).failed()),
                    readyAfter);
        }
    }

    /** The pods of a workload that was changed meanwhile are those of the change. */
    private void endPods(PodSimulation simulation, Map<String, Object> tree, boolean ready) {
        Long latest = handled.get(Tree.text(tree, "metadata", "uid"));
        if (latest != null && latest == Tree.number(tree, 0, "metadata", "generation")) {
            simulation.end(tree, ready);
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
        private boolean pods;
        private @Nullable String address;

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

        /**
         * Makes the pods of workloads, and the ReplicaSets of Deployments, with the statuses of their containers: being made,
         * then running or, of a Job, completed; of what fails, crashing or failed. A DaemonSet has one. Pods that are no longer
         * asked for are deleted, and those of a Deployment's earlier template. Default: none.
         */
        public Builder pods() {
            this.pods = true;
            return this;
        }

        /**
         * Gives Services of type LoadBalancer and Ingresses an address, after the time of {@link #readyAfter} and if their
         * outcome is to be ready. Default: none.
         *
         * @param ip such as {@code 192.0.2.1}
         */
        public Builder addresses(String ip) {
            this.address = requireNonNull(ip, "ip");
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
