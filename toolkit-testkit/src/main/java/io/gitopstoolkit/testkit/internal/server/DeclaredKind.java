package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code apiVersion} and {@code kind} that a written custom resource says it is of. Those of built-in kinds may be
 * left out; custom resources have to name theirs.
 */
final class DeclaredKind {
    private static final List<String> FIELDS = List.of("apiVersion", "kind");
    private static final int LONGEST_SUMMARY = 30;

    private DeclaredKind() {}

    /** Refuses the body of a create or update that does not tell its kind, or is of another version. */
    static void checkBody(ApiRequest request, Map<String, Object> body) {
        Resource resource = request.resource();
        String fault = unreadable(body, request.http().body());
        if (fault != null) {
            throw ApiException.badRequest("the object provided is unrecognized (must be of type " + resource.kind()
                    + "): " + fault + " (" + summary(request.http().body()) + ")");
        }
        if (isNull(body, "apiVersion")) {
            throw ApiException.badRequest(Tree.text(body, "kind") + " in version \"\" cannot be handled as a "
                    + resource.kind() + ": " + nullVersion());
        }
        String apiVersion = Tree.text(body, "apiVersion");
        if (!apiVersion.equals(resource.apiVersion())) {
            throw ApiException.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + resource.apiVersion() + ")");
        }
    }

    /** Refuses what a patch has made of an object, if that does not tell its kind. */
    static void checkPatched(Resource resource, Map<String, Object> patched) {
        if (!resource.isCustom()) {
            return;
        }
        String fault = unreadable(patched, Json.print(sorted(patched)));
        if (fault == null && isNull(patched, "apiVersion")) {
            fault = nullVersion();
        }
        if (fault != null) {
            throw ApiException.badPatch(patched, fault);
        }
        if (!patched.containsKey("apiVersion")) {
            throw ApiException.internalError("Object 'apiVersion' is missing in 'object has no apiVersion field'");
        }
    }

    /** Refuses an object that says it is of another kind, or of another version. */
    static void checkSame(ApiRequest request, Map<String, Object> body) {
        Resource resource = request.resource();
        if (!resource.isCustom()) {
            return;
        }
        String kind = Tree.text(body, "kind");
        String apiVersion = Tree.text(body, "apiVersion");
        var errors = new ArrayList<FieldError>();
        if (!kind.equals(resource.kind())) {
            errors.add(FieldError.invalid("kind", kind, "must be " + resource.kind()));
        }
        if (!apiVersion.equals(resource.apiVersion())) {
            errors.add(FieldError.invalid("apiVersion", apiVersion, "must be " + resource.apiVersion()));
        }
        if (!errors.isEmpty()) {
            int slash = apiVersion.indexOf('/');
            String group = slash < 0 ? "" : apiVersion.substring(0, slash);
            throw ApiException.invalid(group, kind, Tree.text(body, "metadata", "name"), errors);
        }
    }

    private static @Nullable String unreadable(Map<String, Object> object, String text) {
        for (Map.Entry<String, Object> field : object.entrySet()) {
            Object value = field.getValue();
            if (FIELDS.contains(field.getKey()) && value != null && !(value instanceof String)) {
                return "couldn't get version/kind; json parse error: json: cannot unmarshal " + jsonName(value)
                        + " into Go struct field ." + field.getKey() + " of type string";
            }
        }
        return Tree.text(object, "kind").isEmpty() ? "Object 'Kind' is missing in '" + text + "'" : null;
    }

    private static boolean isNull(Map<String, Object> object, String field) {
        return object.containsKey(field) && object.get(field) == null;
    }

    private static String nullVersion() {
        return ".apiVersion accessor error: <nil> is of the type <nil>, expected string";
    }

    private static String jsonName(Object value) {
        if (value instanceof Number) {
            return "number";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof Map ? "object" : "array";
    }

    /** The beginning of a body, as text where it is JSON. */
    private static String summary(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_SUMMARY));
        String shown = body.startsWith("{")
                ? new String(start, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(start);
        return bytes.length > LONGEST_SUMMARY ? shown + " ..." : shown;
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        Map<String, Object> map = Tree.map(value);
        if (map != null) {
            var sorted = new TreeMap<String, Object>();
            map.forEach((name, item) -> sorted.put(name, sorted(item)));
            return sorted;
        }
        List<Object> list = Tree.list(value);
        return list == null ? value : list.stream().map(DeclaredKind::sorted).toList();
    }
}
