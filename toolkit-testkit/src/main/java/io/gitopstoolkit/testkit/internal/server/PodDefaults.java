package io.gitopstoolkit.testkit.internal.server;

import static io.gitopstoolkit.testkit.internal.server.Defaults.fill;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Defaults of pods and of what they are made of. */
final class PodDefaults {
    private static final long READABLE_BY_ALL = 0644;
    private static final List<String> SOURCE_FREE = List.of("name");

    private PodDefaults() {}

    static void register(Map<String, Consumer<Map<String, Object>>> defaults) {
        defaults.put("core.v1.Pod", PodDefaults::pod);
        defaults.put("core.v1.PodSpec", PodDefaults::podSpec);
        defaults.put("core.v1.Container", PodDefaults::container);
        defaults.put("core.v1.EphemeralContainer", PodDefaults::container);
        defaults.put("core.v1.ContainerPort", port -> fill(port, "protocol", "TCP"));
        defaults.put("core.v1.Probe", PodDefaults::probe);
        defaults.put("core.v1.HTTPGetAction", PodDefaults::httpGet);
        defaults.put("core.v1.GRPCAction", grpc -> fill(grpc, "service", ""));
        defaults.put("core.v1.Volume", PodDefaults::volume);
        defaults.put("core.v1.SecretVolumeSource", source -> fill(source, "defaultMode", READABLE_BY_ALL));
        defaults.put("core.v1.ConfigMapVolumeSource", source -> fill(source, "defaultMode", READABLE_BY_ALL));
        defaults.put("core.v1.DownwardAPIVolumeSource", source -> fill(source, "defaultMode", READABLE_BY_ALL));
        defaults.put("core.v1.ProjectedVolumeSource", source -> fill(source, "defaultMode", READABLE_BY_ALL));
        defaults.put("core.v1.ServiceAccountTokenProjection", token -> fill(token, "expirationSeconds", 3600L));
        defaults.put("core.v1.HostPathVolumeSource", source -> fill(source, "type", ""));
        defaults.put("core.v1.ObjectFieldSelector", selector -> fill(selector, "apiVersion", "v1"));
        defaults.put("core.v1.ResourceFieldSelector", selector -> fill(selector, "divisor", "0"));
    }

    private static void pod(Map<String, Object> pod) {
        Map<String, Object> spec = Tree.child(pod, "spec");
        fill(spec, "enableServiceLinks", true);
        if (Boolean.TRUE.equals(spec.get("hostNetwork"))) {
            Tree.mapsAt(spec, "containers")
                    .forEach(container -> Tree.mapsAt(container, "ports")
                            .forEach(port -> fill(port, "hostPort", Tree.number(port, 0, "containerPort"))));
        }
        Tree.mapsAt(spec, "containers").forEach(PodDefaults::requestLimits);
        Tree.mapsAt(spec, "initContainers").forEach(PodDefaults::requestLimits);
    }

    /** A container that names a limit requests as much. */
    private static void requestLimits(Map<String, Object> container) {
        Map<String, Object> limits = Tree.mapAt(container, "resources", "limits");
        if (!limits.isEmpty()) {
            Map<String, Object> requests = Tree.child(Tree.child(container, "resources"), "requests");
            limits.forEach((name, limit) -> fill(requests, name, limit));
        }
    }

    private static void podSpec(Map<String, Object> spec) {
        fill(spec, "restartPolicy", "Always");
        fill(spec, "terminationGracePeriodSeconds", 30L);
        fill(spec, "dnsPolicy", "ClusterFirst");
        fill(spec, "securityContext", new LinkedHashMap<>());
        fill(spec, "schedulerName", "default-scheduler");
        if (spec.containsKey("serviceAccountName")) {
            spec.put("serviceAccount", spec.get("serviceAccountName"));
        } else if (spec.containsKey("serviceAccount")) {
            spec.put("serviceAccountName", spec.get("serviceAccount"));
        }
    }

    private static void container(Map<String, Object> container) {
        fill(container, "terminationMessagePath", "/dev/termination-log");
        fill(container, "terminationMessagePolicy", "File");
        String image = Tree.text(container, "image");
        fill(container, "imagePullPolicy", isLatest(image) ? "Always" : "IfNotPresent");
        if (Tree.at(container, "securityContext") instanceof Map<?, ?>) {
            Tree.mapAt(container, "securityContext").remove("procMount", "");
        }
    }

    private static boolean isLatest(String image) {
        if (image.contains("@")) {
            return false;
        }
        String last = image.substring(image.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 || last.substring(colon + 1).equals("latest");
    }

    private static void probe(Map<String, Object> probe) {
        fill(probe, "timeoutSeconds", 1L);
        fill(probe, "periodSeconds", 10L);
        fill(probe, "successThreshold", 1L);
        fill(probe, "failureThreshold", 3L);
    }

    private static void httpGet(Map<String, Object> action) {
        fill(action, "path", "/");
        fill(action, "scheme", "HTTP");
    }

    private static void volume(Map<String, Object> volume) {
        if (SOURCE_FREE.containsAll(volume.keySet())) {
            volume.put("emptyDir", new LinkedHashMap<>());
        }
    }
}
