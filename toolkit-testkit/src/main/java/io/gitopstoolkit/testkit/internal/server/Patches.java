package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.patch.JsonPatch;
import io.gitopstoolkit.testkit.internal.patch.MergePatch;
import io.gitopstoolkit.testkit.internal.patch.PatchException;
import io.gitopstoolkit.testkit.internal.patch.StrategicMergePatch;
import java.util.List;
import java.util.Map;

/** Applies the patch of a request, by its media type. */
final class Patches {
    static final String APPLY = "application/apply-patch+yaml";
    private static final String JSON = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";

    private Patches() {}

    /** Refuses a kind of patch that the resource does not take. */
    static void checkType(ApiRequest request, boolean custom) {
        String type = request.contentType();
        boolean known = type.equals(JSON) || type.equals(MERGE) || (type.equals(STRATEGIC) && !custom);
        if (!known) {
            throw ApiException.unsupportedMediaType(
                    custom ? String.join(", ", JSON, MERGE, APPLY) : String.join(", ", JSON, MERGE, STRATEGIC, APPLY));
        }
    }

    static Map<String, Object> apply(ApiRequest request, Map<String, Object> live) {
        Resource resource = request.resource();
        try {
            return switch (request.contentType()) {
                case JSON -> JsonPatch.apply(live, operations(request));
                case MERGE -> MergePatch.apply(live, request.body());
                default -> StrategicMergePatch.apply(resource.type(), live, request.body());
            };
        } catch (PatchException e) {
            if (e.isMalformed()) {
                throw ApiException.badRequest(String.valueOf(e.getMessage()));
            }
            throw ApiException.unprocessable();
        }
    }

    private static List<Object> operations(ApiRequest request) {
        try {
            List<Object> operations = Tree.list(Json.parse(request.http().body()));
            if (operations == null) {
                throw ApiException.badRequest(
                        "error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch");
            }
            return operations;
        } catch (JsonException e) {
            throw ApiException.badRequest("error decoding patch: " + e.getMessage());
        }
    }
}
