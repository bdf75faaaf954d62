package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.Map;

/** The form in which a client asks for objects: whole, or their metadata alone. */
final class Representation {
    private static final String META = "meta.k8s.io/v1";

    private Representation() {}

    static Map<String, Object> of(ApiRequest request, Map<String, Object> object) {
        String accepted = request.http().header("accept").split(",", 2)[0];
        if (Tree.text(object, "kind").equals("Status") || !accepted.contains("g=meta.k8s.io")) {
            return object;
        }
        if (accepted.contains("as=PartialObjectMetadataList") && object.containsKey("items")) {
            var items = new ArrayList<Object>();
            Tree.mapsAt(object, "items").forEach(item -> items.add(partial(item)));
            return Tree.of(
                    "kind",
                    "PartialObjectMetadataList",
                    "apiVersion",
                    META,
                    "metadata",
                    object.get("metadata"),
                    "items",
                    items);
        }
        return accepted.contains("as=PartialObjectMetadata") && !object.containsKey("items") ? partial(object) : object;
    }

    private static Map<String, Object> partial(Map<String, Object> object) {
        return Tree.of("kind", "PartialObjectMetadata", "apiVersion", META, "metadata", object.get("metadata"));
    }
}
