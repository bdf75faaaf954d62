package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plans as JSON. What is empty is left out. */
final class PlanJson {
    static final long VERSION = 1;

    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    private PlanJson() {}

    static String of(Plan plan) {
        var json = new PlanJson().with("version", VERSION);
        json.with("owner", ref(plan.owner()))
                .with("revision", plan.revision().toString())
                .with("manifests", plan.manifests().toString())
                .with("inventory", plan.inventory().toString())
                .map
                .put("steps", plan.steps().stream().map(PlanJson::step).toList());
        return Json.pretty(json.map);
    }

    private static Map<String, @Nullable Object> step(Plan.Step step) {
        return new PlanJson()
                .with("apiVersion", step.change().apiVersion())
                .with("object", ref(step.ref()))
                .with("action", step.action().toString())
                .with("recreated", step.isRecreated())
                .with("message", step.change().message())
                .with("seen", seen(step.seen()))
                .with("fields", step.fields().stream().map(PlanJson::field).toList())
                .with("before", content(step.before()))
                .with("after", content(step.after()))
                .map;
    }

    private static Map<String, @Nullable Object> ref(ObjectRef ref) {
        return new PlanJson()
                .with("group", ref.group())
                .with("kind", ref.kind())
                .with("namespace", ref.namespace())
                .with("name", ref.name())
                .map;
    }

    private static Map<String, @Nullable Object> seen(Plan.Seen seen) {
        return new PlanJson()
                .with("uid", seen.uid())
                .with("resourceVersion", seen.resourceVersion())
                .with("digest", seen.digest())
                .map;
    }

    private static Map<String, @Nullable Object> field(Plan.Field field) {
        var json = new PlanJson().with("path", field.path()).with("pointer", field.pointer());
        // A value counts, be it empty.
        if (field.before() != null) {
            json.map.put("before", field.before());
        }
        if (field.after() != null) {
            json.map.put("after", field.after());
        }
        return json.with(
                        "holders",
                        field.holders().stream().map(PlanJson::holder).toList())
                .map;
    }

    private static Map<String, @Nullable Object> holder(Plan.Holder holder) {
        return new PlanJson()
                .with("manager", holder.manager())
                .with("operation", holder.operation())
                .with("subresource", holder.subresource())
                .with("takenOver", holder.isTakenOver())
                .map;
    }

    private static @Nullable Object content(@Nullable Manifest object) {
        return object == null ? null : object.content();
    }

    private PlanJson with(String key, @Nullable Object value) {
        boolean empty = value == null
                || value.equals("")
                || value.equals(false)
                || (value instanceof Map<?, ?> inner && inner.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
        if (!empty) {
            map.put(key, value);
        }
        return this;
    }
}
