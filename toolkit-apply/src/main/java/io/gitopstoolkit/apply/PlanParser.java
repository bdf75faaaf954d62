package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.internal.Json;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one map of a plan's JSON, and knows where it is. */
final class PlanParser {
    private static final int MAX_CHARS = 64 << 20;

    private final String path;
    private final Map<String, @Nullable Object> map;

    private PlanParser(String path, Map<String, @Nullable Object> map) {
        this.path = path;
        this.map = map;
    }

    static Plan parse(String json) {
        Object value;
        try {
            value = Json.read(json, MAX_CHARS);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a plan: " + e.getMessage(), e);
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("not a plan: not a JSON object");
        }
        return new PlanParser("", Tree.cast(map)).plan();
    }

    private Plan plan() {
        Object version = map.get("version");
        if (!Long.valueOf(PlanJson.VERSION).equals(version)) {
            throw error(
                    "version",
                    version instanceof Long number
                            ? "is " + number + "; this release reads version " + PlanJson.VERSION + ", take another"
                            : "is missing, or no number");
        }
        return new Plan(
                at("owner").ref(),
                converted("revision", Revision::parse),
                converted("manifests", Digest::parse),
                converted("inventory", Digest::parse),
                each("steps", PlanParser::step));
    }

    private Plan.Step step() {
        return new Plan.Step(
                new Change(
                        at("object").ref(),
                        text("apiVersion"),
                        converted("action", PlanParser::action),
                        optional("message")),
                flag("recreated"),
                map.containsKey("seen") ? at("seen").seen() : Plan.Seen.ABSENT,
                each("fields", PlanParser::field),
                manifest("before"),
                manifest("after"));
    }

    private ObjectRef ref() {
        String kind = text("kind");
        return new ObjectRef(optional("group"), kind, optional("namespace"), text("name"));
    }

    private Plan.Seen seen() {
        return new Plan.Seen(text("uid"), text("resourceVersion"), optional("digest"));
    }

    private Plan.Field field() {
        return new Plan.Field(
                text("path"),
                optional("pointer"),
                map.get("before"),
                map.get("after"),
                each("holders", PlanParser::holder));
    }

    private Plan.Holder holder() {
        return new Plan.Holder(text("manager"), optional("operation"), optional("subresource"), flag("takenOver"));
    }

    private @Nullable Manifest manifest(String key) {
        if (!map.containsKey(key)) {
            return null;
        }
        try {
            return new Manifest(at(key).map);
        } catch (IllegalArgumentException e) {
            throw error(key, "is no object: " + e.getMessage());
        }
    }

    private static Action action(String word) {
        return Arrays.stream(Action.values())
                .filter(action -> action.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of " + Arrays.toString(Action.values())));
    }

    private PlanParser at(String key) {
        if (map.get(key) instanceof Map<?, ?> inner) {
            return new PlanParser(path(key), Tree.cast(inner));
        }
        throw error(key, "is missing, or no JSON object");
    }

    private <T> List<T> each(String key, Function<PlanParser, T> reader) {
        Object value = map.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw error(key, "is no list");
        }
        var read = new ArrayList<T>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> item)) {
                throw error(key + '[' + i + ']', "is no JSON object");
            }
            read.add(reader.apply(new PlanParser(path(key) + '[' + i + ']', Tree.cast(item))));
        }
        return read;
    }

    private <T> T converted(String key, Function<String, T> conversion) {
        try {
            return conversion.apply(text(key));
        } catch (IllegalArgumentException e) {
            throw String.valueOf(e.getMessage()).startsWith("not a plan")
                    ? e
                    : error(key, "is wrong: " + e.getMessage());
        }
    }

    private String text(String key) {
        if (map.get(key) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw error(key, "is missing, or no text");
    }

    private String optional(String key) {
        Object value = map.get(key);
        if (value == null || value instanceof String) {
            return value == null ? "" : (String) value;
        }
        throw error(key, "is no text");
    }

    private boolean flag(String key) {
        Object value = map.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw error(key, "is neither true nor false");
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }

    private IllegalArgumentException error(String key, String what) {
        return new IllegalArgumentException("not a plan: " + path(key) + ' ' + what);
    }
}
