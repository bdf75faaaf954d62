package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gets and lists objects. */
final class Reads {
    private final Store store;

    Reads(Store store) {
        this.store = store;
    }

    Map<String, Object> get(ApiRequest request) {
        Map<String, Object> object = store.get(request.resource(), request.namespace(), request.name());
        if (object == null) {
            throw ApiException.notFound(request.resource(), request.name());
        }
        return object;
    }

    /** The objects that the selectors choose, a page at a time where the client limits it. */
    Map<String, Object> list(ApiRequest request) {
        Resource resource = request.resource();
        var selected = new ArrayList<Map<String, Object>>(store.list(resource, request.namespace()).stream()
                .filter(Selectors.of(request))
                .toList());
        String after = startOf(request);
        selected.removeIf(object -> keyOf(object).compareTo(after) <= 0);
        Map<String, Object> metadata = Tree.of("resourceVersion", Long.toString(store.version()));
        if (resource.isCustom()) {
            metadata.put("continue", "");
        }
        long limit = limit(request);
        List<Map<String, Object>> page = selected;
        if (limit > 0 && selected.size() > limit) {
            page = selected.subList(0, (int) limit);
            metadata.put("continue", token(page.get(page.size() - 1)));
            if (request.parameter("labelSelector").isEmpty()
                    && request.parameter("fieldSelector").isEmpty()) {
                metadata.put("remainingItemCount", (long) selected.size() - limit);
            }
        }
        var items = new ArrayList<Object>();
        page.forEach(object -> items.add(resource.isCustom() ? object : withoutKind(object)));
        return Tree.of(
                "kind",
                resource.kind() + "List",
                "apiVersion",
                resource.apiVersion(),
                "metadata",
                metadata,
                "items",
                items);
    }

    private static long limit(ApiRequest request) {
        try {
            String limit = request.parameter("limit");
            return limit.isEmpty() ? 0 : Long.parseLong(limit);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest(
                    "strconv.ParseInt: parsing \"" + request.parameter("limit") + "\": invalid syntax");
        }
    }

    private static String startOf(ApiRequest request) {
        String token = request.parameter("continue");
        if (token.isEmpty()) {
            return "";
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return Tree.text(Json.parse(text), "start");
        } catch (IllegalArgumentException | JsonException e) {
            throw ApiException.badRequest("continue key is not valid: " + e.getMessage());
        }
    }

    private static String token(Map<String, Object> last) {
        String text = Json.print(Tree.of("v", "meta.k8s.io/v1", "start", keyOf(last)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String keyOf(Map<String, Object> object) {
        return Tree.text(object, "metadata", "namespace") + "/" + Tree.text(object, "metadata", "name");
    }

    /** Items of lists of built-in kinds do not repeat the kind. */
    private static Map<String, Object> withoutKind(Map<String, Object> object) {
        var item = new LinkedHashMap<>(object);
        item.remove("apiVersion");
        item.remove("kind");
        return item;
    }
}
