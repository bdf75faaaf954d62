package io.gitopstoolkit.apply.health;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.health.LiveObject.Condition;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The health checks of the toolkit. */
public final class HealthChecks {
    private static final HealthCheck KSTATUS = HealthChecks::byKstatus;

    private static final Map<String, Function<LiveObject, Health>> BUILT_IN = Map.ofEntries(
            Map.entry("apps/Deployment", Workloads::deployment),
            Map.entry("apps/StatefulSet", Workloads::statefulSet),
            Map.entry("apps/DaemonSet", Workloads::daemonSet),
            Map.entry("apps/ReplicaSet", Workloads::replicaSet),
            Map.entry("extensions/Deployment", Workloads::deployment),
            Map.entry("extensions/DaemonSet", Workloads::daemonSet),
            Map.entry("extensions/ReplicaSet", Workloads::replicaSet),
            Map.entry("Pod", Pods::pod),
            Map.entry("batch/Job", Workloads::job),
            Map.entry("batch/CronJob", HealthChecks::alwaysReady),
            Map.entry("ConfigMap", HealthChecks::alwaysReady),
            Map.entry("Secret", HealthChecks::alwaysReady),
            Map.entry("PersistentVolumeClaim", HealthChecks::claim),
            Map.entry("policy/PodDisruptionBudget", object -> Health.current("AllowedDisruptions has been computed.")),
            Map.entry("Service", HealthChecks::service),
            Map.entry("apiextensions.k8s.io/CustomResourceDefinition", HealthChecks::definition));

    private HealthChecks() {}

    /**
     * The rules of kstatus: an object that is being deleted is terminating; one whose latest generation its controller
     * has not seen is in progress; the conditions {@code Reconciling} and {@code Stalled} mean in progress and failed;
     * then the rules of its kind, if it is a built-in one; else its condition {@code Ready}; else it is current.
     *
     * <p>States and messages are those of kstatus 0.37, checked against it on random objects. Different on purpose: a Job
     * is current only when it is complete or suspended, as in Flux, and not while it runs. A StatefulSet or ReplicaSet
     * that no controller has looked at yet is in progress, even where it wants no replicas. A Pod that failed has failed,
     * where kstatus takes it for done; so has one that waits for an init container in a crash loop. A Pod that cannot be
     * scheduled is in progress however long it has been so, because a pure function has no clock and a node may come; kstatus
     * fails it after 15 seconds. Where kstatus gives no message the reason of the condition stands. Where it gives an
     * error, because {@code status.conditions} is no list of conditions or the phase of a Pod is unknown, the object is in
     * progress; a generation that is no integer is passed over, as in Flux's own checks.
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
        if (!object.text("", "metadata", "deletionTimestamp").isEmpty()) {
            return Optional.of(new Health(State.TERMINATING, "Resource scheduled for deletion"));
        }
        OptionalLong generation = object.integer("metadata", "generation");
        OptionalLong observed = object.integer("status", "observedGeneration");
        if (generation.isPresent() && observed.isPresent() && observed.getAsLong() != generation.getAsLong()) {
            return Optional.of(Health.inProgress(object.kind() + " generation is " + generation.getAsLong()
                    + ", but latest observed generation is " + observed.getAsLong()));
        }
        if (object.hasUnreadableConditions()) {
            return Optional.of(Health.inProgress("status.conditions is no list of conditions"));
        }
        for (Condition condition : object.conditions()) {
            if (condition.isTrue() && condition.type().equals("Reconciling")) {
                return Optional.of(Health.inProgress(condition.why("Reconciling")));
            }
            if (condition.isTrue() && condition.type().equals("Stalled")) {
                return Optional.of(Health.failed(condition.why("Stalled")));
            }
        }
        return Optional.empty();
    }

    private static Health byReadyCondition(LiveObject object) {
        for (Condition condition : object.conditions("Ready")) {
            if (condition.isTrue()) {
                return Health.current("Resource is Ready");
            }
            if (condition.isFalse() || condition.status().equals("Unknown")) {
                return Health.inProgress(condition.why("Ready is " + condition.status()));
            }
        }
        return Health.current("Resource is current");
    }

    private static Health alwaysReady(LiveObject object) {
        return Health.current("Resource is always ready");
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
        for (Condition condition : object.conditions()) {
            if (condition.type().equals("NamesAccepted") && condition.isFalse()) {
                return Health.failed(condition.why("names not accepted"));
            }
            if (condition.type().equals("Established")) {
                if (condition.isFalse() && !condition.reason().equals("Installing")) {
                    return Health.failed(condition.why("not established"));
                }
                if (condition.isTrue()) {
                    return Health.current("CRD is established");
                }
            }
        }
        return Health.inProgress("Install in progress");
    }
}
