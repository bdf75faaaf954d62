package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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
        return ObjectForm.seen(request.resource(), object);
    }

    /** The objects that the selectors choose, a page at a time where the client limits it. */
    Map<String, Object> list(ApiRequest request) {
        Resource resource = request.resource();
        Predicate<Map<String, Object>> isSelected = LabelSelector.parse(request.parameter("labelSelector"));
        ListOptions options = ListOptions.of(request, false);
        isSelected = isSelected.and(FieldSelector.parse(resource, request.parameter("fieldSelector")));
        String key = resource.isNamespaced() && !request.namespace().isEmpty() ? request.namespace() + "/" : "";
        Page.Start start = Page.Start.of(options, store.version(), key);
        List<Map<String, Object>> objects = store.list(resource, request.namespace(), start.version());
        if (objects == null) {
            throw ApiException.expired("The provided continue parameter is too old to display a consistent list result."
                    + " You can start a new list without the continue parameter, or use the continue token in this"
                    + " response to retrieve the remainder of the results. Continuing with the provided token results"
                    + " in an inconsistent list - objects that were created, modified, or deleted between the time the"
                    + " first chunk was returned and now may show up in the list.");
        }
        boolean isWhole = request.parameter("labelSelector").isEmpty()
                && request.parameter("fieldSelector").isEmpty();
        Page page = Page.of(
                objects.stream()
                        .map(object -> ObjectForm.seen(resource, object))
                        .filter(isSelected)
                        .toList(),
                start,
                options.limit());
        Map<String, Object> metadata = Tree.of("resourceVersion", Long.toString(start.version()));
        if (page.rest() > 0) {
            metadata.put("continue", page.token(key));
            if (isWhole) {
                metadata.put("remainingItemCount", (long) page.rest());
            }
        } else if (resource.isCustom()) {
            metadata.put("continue", "");
        }
        var items = new ArrayList<Object>();
        page.objects().forEach(object -> items.add(resource.isCustom() ? object : withoutKind(object)));
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

    /** Items of lists of built-in kinds do not repeat the kind. */
    private static Map<String, Object> withoutKind(Map<String, Object> object) {
        var item = new LinkedHashMap<>(object);
        item.remove("apiVersion");
        item.remove("kind");
        return item;
    }
}
