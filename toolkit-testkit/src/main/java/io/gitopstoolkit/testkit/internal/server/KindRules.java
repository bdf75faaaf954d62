package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What single kinds have to themselves when their objects are stored. */
final class KindRules {
    static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    private KindRules() {}

    static void prepareForCreate(Resource resource, Map<String, Object> object, String now) {
        Map<String, Object> metadata = Tree.mapAt(object, "metadata");
        switch (resource.qualifiedName()) {
            case "namespaces" -> {
                Tree.child(object, "spec").put("finalizers", Tree.listOf("kubernetes"));
                object.put("status", Tree.of("phase", "Active"));
            }
            case "pods" -> pod(object);
            case "persistentvolumeclaims" -> {
                object.put("status", Tree.of("phase", "Pending"));
                addFinalizer(metadata, "kubernetes.io/pvc-protection");
            }
            case "persistentvolumes" -> {
                object.put("status", Tree.of("phase", "Pending"));
                addFinalizer(metadata, "kubernetes.io/pv-protection");
            }
            case "jobs.batch" -> JobSelector.generate(object);
            case "daemonsets.apps" -> setTemplateGeneration(object, 1);
            default -> {}
        }
    }

    static void prepareForUpdate(
            Resource resource, String subresource, Map<String, Object> live, Map<String, Object> object) {
        switch (resource.qualifiedName()) {
            case "daemonsets.apps" -> {
                boolean changed = !Values.equal(Tree.at(live, "spec", "template"), Tree.at(object, "spec", "template"));
                String old = Tree.text(live, "metadata", "annotations", TEMPLATE_GENERATION);
                setTemplateGeneration(object, (old.isEmpty() ? 0 : Long.parseLong(old)) + (changed ? 1 : 0));
            }
            case "namespaces" -> {
                if (!subresource.equals("finalize")) {
                    Strategy.restore(live, object, "spec");
                }
            }
            case "pods" -> {
                for (String field : List.of("priority", "preemptionPolicy")) {
                    if (Tree.at(object, "spec", field) == null) {
                        Strategy.restore(Tree.mapAt(live, "spec"), Tree.child(object, "spec"), field);
                    }
                }
                addTolerations(Tree.child(object, "spec"));
                if (Tree.text(object, "status", "qosClass").isEmpty()) {
                    Strategy.restore(Tree.mapAt(live, "status"), Tree.child(object, "status"), "qosClass");
                }
            }
            case "services" -> {
                if (subresource.isEmpty()) {
                    ServiceAddresses.keep(live, object);
                }
            }
            default -> {}
        }
    }

    private static void setTemplateGeneration(Map<String, Object> daemonSet, long generation) {
        Tree.child(Tree.child(daemonSet, "metadata"), "annotations")
                .put(TEMPLATE_GENERATION, Long.toString(generation));
    }

    private static void pod(Map<String, Object> pod) {
        Map<String, Object> spec = Tree.child(pod, "spec");
        Defaults.fill(spec, "priority", 0L);
        Defaults.fill(spec, "preemptionPolicy", "PreemptLowerPriority");
        addTolerations(spec);
        pod.put("status", Tree.of("phase", "Pending", "qosClass", PodQuality.of(spec)));
    }

    private static void addTolerations(Map<String, Object> spec) {
        List<Object> tolerations = Tree.list(spec.get("tolerations"));
        if (tolerations == null) {
            tolerations = Tree.listOf();
            spec.put("tolerations", tolerations);
        }
        for (String taint : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            boolean tolerated = tolerations.stream()
                    .anyMatch(toleration -> Tree.text(toleration, "key").equals(taint)
                            || (Tree.text(toleration, "key").isEmpty()
                                    && Tree.text(toleration, "operator").equals("Exists")));
            if (!tolerated) {
                tolerations.add(
                        Tree.of("key", taint, "operator", "Exists", "effect", "NoExecute", "tolerationSeconds", 300L));
            }
        }
    }

    private static void addFinalizer(Map<String, Object> metadata, String finalizer) {
        List<Object> finalizers = Tree.list(metadata.get("finalizers"));
        if (finalizers == null) {
            finalizers = Tree.listOf();
            metadata.put("finalizers", finalizers);
        }
        if (!finalizers.contains(finalizer)) {
            finalizers.add(finalizer);
        }
    }

    /** The status that a definition has as soon as it is stored. */
    static Map<String, Object> definitionStatus(Map<String, Object> definition, String now) {
        var status = new LinkedHashMap<String, Object>();
        status.put(
                "conditions",
                Tree.listOf(
                        condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
                        condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now)));
        status.put("acceptedNames", Tree.copy(Tree.mapAt(definition, "spec", "names")));
        status.put("storedVersions", Tree.mapAt(definition, "status").get("storedVersions"));
        return status;
    }

    private static Map<String, Object> condition(String type, String reason, String message, String now) {
        return Tree.of("type", type, "status", "True", "lastTransitionTime", now, "reason", reason, "message", message);
    }
}
