package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.fields.FieldOwnership;
import io.gitopstoolkit.testkit.internal.fields.ScaleFields;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scale subresource: the replicas of an object, whatever its kind. Callers hold the server's lock. */
final class Scales {
    /** A Scale in the compact form of types. */
    private static final Map<String, Object> TYPE = Tree.of(
            "f",
            Tree.of(
                    "apiVersion",
                    "s",
                    "kind",
                    "s",
                    "metadata",
                    "meta.v1.ObjectMeta",
                    "spec",
                    Tree.of("f", Tree.of("replicas", "i")),
                    "status",
                    Tree.of("f", Tree.of("replicas", "i", "selector", "s"))));

    private static final List<String> SPEC_REPLICAS = List.of("spec", "replicas");
    private static final List<String> STATUS_REPLICAS = List.of("status", "replicas");

    /** What stands for replicas that a custom resource does not have: whatever is written is a change. */
    private static final long NOT_SET = Integer.MIN_VALUE;

    private final Reads reads;
    private final Writes writes;
    private final Times times;
    private final Resource scales;

    Scales(Reads reads, Writes writes, Schemas schemas, Times times) {
        this.reads = reads;
        this.writes = writes;
        this.times = times;
        this.scales = Resource.of(
                Tree.of("groupVersion", "autoscaling/v1", "name", "scales", "kind", "Scale", "namespaced", true),
                schemas.resolve(TYPE),
                null);
    }

    Map<String, Object> get(ApiRequest request) {
        Map<String, Object> live = reads.get(request);
        List<String> path = path(request, "specReplicasPath", SPEC_REPLICAS);
        if (request.resource().isCustom() && Tree.at(live, path.toArray(String[]::new)) == null) {
            throw ApiException.internalError(
                    "the spec replicas field \"." + String.join(".", path) + "\" does not exist");
        }
        return scaleOf(request, live);
    }

    Writes.Answer write(ApiRequest request) {
        String method = request.http().method();
        boolean applies = method.equals("PATCH") && request.contentType().equals(Patches.APPLY);
        ApiRequest ofScale = request.of(scales);
        if (applies) {
            Identity.checkApply(ofScale, request.body());
        } else if (method.equals("PATCH")) {
            Patches.checkType(ofScale, request.resource().isCustom());
        } else {
            Identity.checkKind(ofScale, request.body());
            Identity.checkNamespace(request, request.body());
            Identity.checkName(request, request.body());
        }
        Map<String, Object> live = reads.get(request);
        List<String> path = path(request, "specReplicasPath", SPEC_REPLICAS);
        Map<String, Object> old = scaleOf(request, live);
        if (request.resource().isCustom() && Tree.at(live, path.toArray(String[]::new)) == null) {
            Tree.child(old, "spec").put("replicas", NOT_SET);
        }
        var fields = new ScaleFields(live, request.resource().apiVersion(), path);
        fields.writeTo(old);
        var unknown = new ArrayList<String>();
        Map<String, Object> scale = changed(ofScale, old, request.resource().isCustom(), unknown);
        List<String> warnings = FieldValidation.check(ofScale, unknown);
        if (method.equals("PATCH")) {
            Identity.checkUnchanged(ofScale, live, scale);
        }
        return store(request, live, scale, fields, path, warnings);
    }

    private Map<String, Object> changed(
            ApiRequest request, Map<String, Object> old, boolean custom, List<String> unknown) {
        boolean applies = request.contentType().equals(Patches.APPLY);
        var ownership = new FieldOwnership(scales.ownedKind(), List.of(), "scale", times.now());
        if (applies) {
            Map<String, Object> applied = Writes.merge(request, ownership, old, request.body());
            if (custom && !Strategy.isSame(old, applied)) {
                throw unconverted(request, old);
            }
            return ObjectForm.of(scales, applied, unknown);
        }
        Map<String, Object> written =
                request.http().method().equals("PUT") ? request.body() : Patches.apply(request, old);
        Map<String, Object> scale = ObjectForm.of(scales, written, unknown);
        if (Tree.number(scale, 0, "spec", "replicas") == 0) {
            // A Scale does not show zero replicas, so that nobody owns them through it.
            Tree.mapAt(scale, "spec").remove("replicas");
        }
        return ownership.update(old, scale, request.fieldManager());
    }

    /** The real server cannot apply to the Scale of a custom resource, and says so in these words. */
    private static ApiException unconverted(ApiRequest request, Map<String, Object> old) {
        boolean owned = Tree.at(old, "metadata", "managedFields") != null;
        String namespace = Tree.text(request.body(), "metadata", "namespace");
        String what = owned
                ? "failed to convert new object (" + namespace + "/" + request.name()
                : "failed to create manager for existing fields: failed to convert live object (/";
        return ApiException.internal(what
                + "; autoscaling/v1, Kind=Scale) to proper version: request to convert CR to an invalid group/version:"
                + " autoscaling/v1");
    }

    private Writes.Answer store(
            ApiRequest request,
            Map<String, Object> live,
            Map<String, Object> scale,
            ScaleFields fields,
            List<String> path,
            List<String> warnings) {
        check(request, live, scale);
        long replicas = Tree.number(scale, 0, "spec", "replicas");
        Map<String, Object> object = Tree.copy(live);
        setAt(object, path, replicas);
        String version = Tree.text(scale, "metadata", "resourceVersion");
        if (version.isEmpty()) {
            Tree.mapAt(object, "metadata").remove("resourceVersion");
        } else {
            Tree.child(object, "metadata").put("resourceVersion", version);
        }
        fields.merge(scale, object);
        Writes.Answer answer = writes.replace(request.withSubresource(""), live, object, warnings);
        return new Writes.Answer(200, scaleOf(request, answer.object()), answer.warnings());
    }

    private static void check(ApiRequest request, Map<String, Object> live, Map<String, Object> scale) {
        long replicas = Tree.number(scale, 0, "spec", "replicas");
        if (replicas == NOT_SET) {
            throw ApiException.badRequest("the spec replicas field \"."
                    + String.join(".", path(request, "specReplicasPath", SPEC_REPLICAS)) + "\" cannot be empty");
        }
        if (replicas < 0) {
            throw ApiException.invalid(
                    "autoscaling",
                    "Scale",
                    request.name(),
                    List.of(FieldError.invalid("spec.replicas", replicas, "must be greater than or equal to 0")));
        }
        String uid = Tree.text(scale, "metadata", "uid");
        String liveUid = Tree.text(live, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(liveUid)) {
            throw ApiException.otherUid(request, uid, liveUid);
        }
    }

    private static Map<String, Object> scaleOf(ApiRequest request, Map<String, Object> object) {
        Map<String, Object> metadata = Tree.of("name", Tree.text(object, "metadata", "name"));
        for (String field : List.of("namespace", "uid", "resourceVersion", "creationTimestamp")) {
            Object value = Tree.at(object, "metadata", field);
            if (value != null) {
                metadata.put(field, value);
            }
        }
        long replicas = numberAt(object, path(request, "specReplicasPath", SPEC_REPLICAS));
        Map<String, Object> spec = replicas == 0 ? Tree.of() : Tree.of("replicas", replicas);
        Map<String, Object> status =
                Tree.of("replicas", numberAt(object, path(request, "statusReplicasPath", STATUS_REPLICAS)));
        String selector = selector(request, object);
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return Tree.of(
                "kind", "Scale", "apiVersion", "autoscaling/v1", "metadata", metadata, "spec", spec, "status", status);
    }

    private static String selector(ApiRequest request, Map<String, Object> object) {
        if (request.resource().isCustom()) {
            List<String> path = path(request, "labelSelectorPath", List.of());
            return path.isEmpty() ? "" : Tree.text(object, path.toArray(String[]::new));
        }
        var selector = new ArrayList<String>();
        Tree.mapAt(object, "spec", "selector", "matchLabels").forEach((key, value) -> selector.add(key + "=" + value));
        return String.join(",", selector);
    }

    private static long numberAt(Map<String, Object> object, List<String> path) {
        return Tree.number(object, 0, path.toArray(String[]::new));
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
