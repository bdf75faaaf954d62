package io.gitopstoolkit.apply.health;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.health.LiveObject.Condition;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The health checks of the toolkit. */
public final class HealthChecks {
    private static final HealthCheck KSTATUS = HealthChecks::byKstatus;

    private static final Map<String, Function<LiveObject, Health>> BUILT_IN = Map.ofEntries(
            Map.entry("apps/Deployment", Workloads::deployment),
            Map.entry("apps/StatefulSet", Workloads::statefulSet),
            Map.entry("apps/DaemonSet", Workloads::daemonSet),
            Map.entry("apps/ReplicaSet", Workloads::replicaSet),
            Map.entry("Pod", Pods::pod),
            Map.entry("batch/Job", Workloads::job),
            Map.entry("batch/CronJob", object -> Health.current("CronJob is always ready")),
            Map.entry("PersistentVolumeClaim", HealthChecks::claim),
            Map.entry("policy/PodDisruptionBudget", object -> Health.current("AllowedDisruptions has been computed")),
            Map.entry("Service", HealthChecks::service),
            Map.entry("apiextensions.k8s.io/CustomResourceDefinition", HealthChecks::definition));

    private HealthChecks() {}

    /**
     * The rules of kstatus: an object that is being deleted is terminating; one whose latest generation its controller
     * has not seen is in progress; the conditions {@code Reconciling} and {@code Stalled} mean in progress and failed;
     * then the rules of its kind, if it is a built-in one; else its condition {@code Ready}; else it is current.
     *
     * <p>Different from kstatus, on purpose: a Job is current only when it is complete or suspended, as in Flux;
     * workloads that no controller has looked at yet are in progress whatever their number of replicas; a Pod that
     * cannot be scheduled is in progress however long it has been so, because a pure function has no clock.
     *
     * @see <a href="https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/status/core.go">kstatus:
     *     core.go</a>
     */
    public static HealthCheck kstatus() {
        return KSTATUS;
    }

    private static Health byKstatus(Manifest live) {
        var object = new LiveObject(live);
        return general(object).orElseGet(() -> {
            var rule = BUILT_IN.get(object.qualifiedKind());
            return rule != null ? rule.apply(object) : byReadyCondition(object);
        });
    }

    /** What holds for every kind. */
    private static Optional<Health> general(LiveObject object) {
        if (object.has("metadata", "deletionTimestamp")) {
            return Optional.of(new Health(State.TERMINATING, "Resource scheduled for deletion"));
        }
        long generation = object.number(0, "metadata", "generation");
        long observed = object.number(generation, "status", "observedGeneration");
        if (observed != generation) {
            return Optional.of(Health.inProgress(object.kind() + " generation is " + generation
                    + ", but latest observed generation is " + observed));
        }
        Optional<Condition> reconciling = object.condition("Reconciling").filter(Condition::isTrue);
        if (reconciling.isPresent()) {
            return Optional.of(Health.inProgress(reconciling.get().why("Reconciling")));
        }
        return object.condition("Stalled")
                .filter(Condition::isTrue)
                .map(stalled -> Health.failed(stalled.why("Stalled")));
    }

    private static Health byReadyCondition(LiveObject object) {
        Optional<Condition> ready = object.condition("Ready");
        if (ready.isEmpty()) {
            return Health.current("Resource is current");
        }
        Condition condition = ready.get();
        return condition.isTrue()
                ? Health.current("Resource is Ready")
                : Health.inProgress(condition.why("Ready is " + condition.status()));
    }

    private static Health claim(LiveObject object) {
        String phase = object.text("unknown", "status", "phase");
        return phase.equals("Bound")
                ? Health.current("PVC is Bound")
                : Health.inProgress("PVC is not Bound. phase: " + phase);
    }

    private static Health service(LiveObject object) {
        boolean loadBalancer = object.text("ClusterIP", "spec", "type").equals("LoadBalancer");
        if (loadBalancer && object.text("", "spec", "clusterIP").isEmpty()) {
            return Health.inProgress("ClusterIP not set. Service type: LoadBalancer");
        }
        return Health.current("Service is ready");
    }

    private static Health definition(LiveObject object) {
        Optional<Condition> refused = object.condition("NamesAccepted").filter(Condition::isFalse);
        if (refused.isPresent()) {
            return Health.failed(refused.get().why("names not accepted"));
        }
        Optional<Condition> established = object.condition("Established");
        if (established.filter(Condition::isTrue).isPresent()) {
            return Health.current("CRD is established");
        }
        return established
                .filter(condition -> condition.isFalse() && !condition.reason().equals("Installing"))
                .map(condition -> Health.failed(condition.why("not established")))
                .orElseGet(() -> Health.inProgress("Install in progress"));
    }
}
