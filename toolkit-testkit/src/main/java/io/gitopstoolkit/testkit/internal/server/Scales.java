package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.patch.MergePatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scale subresource: the replicas of an object, whatever its kind. Callers hold the server's lock. */
final class Scales {
    private static final List<String> SPEC_REPLICAS = List.of("spec", "replicas");

    private final Reads reads;
    private final Writes writes;

    Scales(Reads reads, Writes writes) {
        this.reads = reads;
        this.writes = writes;
    }

    Map<String, Object> get(ApiRequest request) {
        return scaleOf(request, reads.get(request));
    }

    Writes.Answer write(ApiRequest request) {
        Map<String, Object> live = reads.get(request);
        Map<String, Object> scale = request.http().method().equals("PUT")
                ? request.body()
                : MergePatch.apply(scaleOf(request, live), mergePatch(request));
        Map<String, Object> object = Tree.copy(live);
        setAt(object, path(request, "specReplicasPath", SPEC_REPLICAS), Tree.number(scale, 0, "spec", "replicas"));
        String version = Tree.text(scale, "metadata", "resourceVersion");
        if (!version.isEmpty()) {
            Tree.child(object, "metadata").put("resourceVersion", version);
        }
        Writes.Answer answer = writes.replace(request, live, writes.owned(request, live, object), List.of());
        return new Writes.Answer(200, scaleOf(request, answer.object()), answer.warnings());
    }

    private static Map<String, Object> mergePatch(ApiRequest request) {
        if (!request.contentType().contains("merge-patch")) {
            throw ApiException.notImplemented("patches of scale other than merge patches");
        }
        return request.body();
    }

    private static Map<String, Object> scaleOf(ApiRequest request, Map<String, Object> object) {
        Map<String, Object> metadata = Tree.of("name", Tree.text(object, "metadata", "name"));
        for (String field : List.of("namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.put(field, Tree.at(object, "metadata", field));
        }
        Map<String, Object> spec = Tree.of();
        Object replicas =
                Tree.at(object, path(request, "specReplicasPath", SPEC_REPLICAS).toArray(String[]::new));
        if (replicas != null && !replicas.equals(0L)) {
            spec.put("replicas", replicas);
        }
        Map<String, Object> status = Tree.of(
                "replicas",
                Tree.number(
                        object,
                        0,
                        path(request, "statusReplicasPath", List.of("status", "replicas"))
                                .toArray(String[]::new)));
        var selector = new ArrayList<String>();
        Tree.mapAt(object, "spec", "selector", "matchLabels").forEach((key, value) -> selector.add(key + "=" + value));
        if (!selector.isEmpty()) {
            status.put("selector", String.join(",", selector));
        }
        return Tree.of(
                "kind", "Scale", "apiVersion", "autoscaling/v1", "metadata", metadata, "spec", spec, "status", status);
    }

    private static List<String> path(ApiRequest request, String name, List<String> otherwise) {
        Map<String, Object> subresource = request.resource().subresource("scale");
        String path = Tree.text(subresource, "paths", name);
        return path.isEmpty() ? otherwise : List.of(path.substring(1).split("\\."));
    }

    private static void setAt(Map<String, Object> object, List<String> path, Object value) {
        Map<String, Object> map = object;
        for (String key : path.subList(0, path.size() - 1)) {
            map = Tree.child(map, key);
        }
        map.put(path.get(path.size() - 1), value);
    }
}
