package io.gitopstoolkit.testkit;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.workload.WorkloadPods;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the pods of workloads, and says what becomes of them. For one thread. */
final class PodSimulation {
    private static final String FIELD_MANAGER = "workload-simulator";

    private final KubernetesClient client;

    PodSimulation(KubernetesClient client) {
        this.client = client;
    }

    /** Makes what pods are missing, whose containers are being made, and deletes those that are too many. */
    void begin(Map<String, Object> workload) {
        try {
            Map<String, Object> owner = ownerOf(workload);
            var kept = new ArrayList<String>();
            for (int i = 0; i < WorkloadPods.countOf(workload); i++) {
                Map<String, Object> pod = apply(WorkloadPods.pod(owner, i));
                kept.add(Tree.text(pod, "metadata", "name"));
                if (!Tree.text(pod, "status", "phase").equals("Running")) {
                    write(pod, WorkloadPods.pending(pod, now()));
                }
            }
            deletePods(owner, kept);
        } catch (KubernetesClientException e) {
            // Deleted meanwhile, or the API has gone: there is nothing to make pods of any more.
            return;
        }
    }

    /** Lets the pods become what they were to become. */
    void end(Map<String, Object> workload, boolean ready) {
        boolean job = Tree.text(workload, "kind").equals("Job");
        try {
            Map<String, Object> owner = ownerOf(workload);
            for (Map<String, Object> pod : podsOf(owner)) {
                if (job) {
                    write(pod, WorkloadPods.ended(pod, now(), ready));
                } else {
                    write(pod, ready ? WorkloadPods.running(pod, now()) : WorkloadPods.crashing(pod, now()));
                }
            }
            if (owner != workload) {
                long count = WorkloadPods.countOf(workload);
                write(owner, Tree.of("replicas", count, "readyReplicas", ready ? count : 0L));
            }
        } catch (KubernetesClientException e) {
            // As above.
            return;
        }
    }

    /** The ReplicaSet of a Deployment, when those of earlier templates have no pods any more; others own their pods themselves. */
    private Map<String, Object> ownerOf(Map<String, Object> workload) {
        if (!Tree.text(workload, "kind").equals("Deployment")) {
            return workload;
        }
        Map<String, Object> current = apply(WorkloadPods.replicaSet(workload));
        for (ReplicaSet each : client.apps()
                .replicaSets()
                .inNamespace(namespace(workload))
                .list()
                .getItems()) {
            Map<String, Object> other = tree(each);
            boolean earlier = WorkloadPods.isOwned(other, workload)
                    && !Tree.text(other, "metadata", "uid").equals(Tree.text(current, "metadata", "uid"));
            if (earlier && Tree.number(other, 0, "spec", "replicas") > 0) {
                patch(each, "", Tree.of("spec", Tree.of("replicas", 0L)));
                write(other, Tree.of("replicas", 0L));
                deletePods(other, List.of());
            }
        }
        return current;
    }

    private List<Map<String, Object>> podsOf(Map<String, Object> owner) {
        return client.pods().inNamespace(namespace(owner)).list().getItems().stream()
                .map(this::tree)
                .filter(pod -> WorkloadPods.isOwned(pod, owner))
                .toList();
    }

    private void deletePods(Map<String, Object> owner, List<String> kept) {
        for (Map<String, Object> pod : podsOf(owner)) {
            String name = Tree.text(pod, "metadata", "name");
            if (!kept.contains(name)) {
                client.pods()
                        .inNamespace(namespace(owner))
                        .withName(name)
                        .withGracePeriod(0)
                        .delete();
            }
        }
    }

    private Map<String, Object> apply(Map<String, Object> object) {
        HasMetadata applied = client.resource(Json.print(object))
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        return tree(applied);
    }

    private void write(Map<String, Object> object, Map<String, Object> status) {
        Class<? extends HasMetadata> type =
                Tree.text(object, "kind").equals("ReplicaSet") ? ReplicaSet.class : Pod.class;
        HasMetadata found = client.resources(type)
                .inNamespace(namespace(object))
                .withName(Tree.text(object, "metadata", "name"))
                .get();
        if (found != null) {
            patch(found, "status", Tree.of("status", status));
        }
    }

    private void patch(HasMetadata object, String subresource, Map<String, Object> change) {
        var patch = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FIELD_MANAGER)
                .build();
        var resource = client.resources(object.getClass())
                .inNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName());
        if (subresource.isEmpty()) {
            resource.patch(patch, Json.print(change));
        } else {
            resource.subresource(subresource).patch(patch, Json.print(change));
        }
    }

    private Map<String, Object> tree(HasMetadata object) {
        return Tree.mapAt(Json.parse(client.getKubernetesSerialization().asJson(object)));
    }

    private static String namespace(Map<String, Object> object) {
        return Tree.text(object, "metadata", "namespace");
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
