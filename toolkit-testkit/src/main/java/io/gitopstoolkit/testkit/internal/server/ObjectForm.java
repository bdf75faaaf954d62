package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.definition.StructuralSchema;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings objects of a resource into the form that is stored and shown: known fields, defaults, one spelling. */
final class ObjectForm {
    private ObjectForm() {}

    /**
     * The object in its form; the argument stays as it is.
     *
     * @param unknown collects the paths of fields that the kind does not have, which are dropped
     * @throws ApiException 400 if a value is not of its field's type
     */
    static Map<String, Object> of(Resource resource, Map<String, Object> object, List<String> unknown) {
        return of(resource, object, unknown, true);
    }

    /** The same of what an apply has made, in which nulls that the schema does not allow are faults. */
    static Map<String, Object> ofApplied(Resource resource, Map<String, Object> object, List<String> unknown) {
        return of(resource, object, unknown, false);
    }

    private static Map<String, Object> of(
            Resource resource, Map<String, Object> object, List<String> unknown, boolean dropsNulls) {
        StructuralSchema schema = resource.structural();
        Map<String, Object> form;
        if (schema == null) {
            var decoder = new ObjectDecoder(resource);
            form = decoder.decode(object);
            unknown.addAll(decoder.unknownFields());
            Defaults.apply(resource.type(), form);
        } else {
            form = Tree.copy(object);
            unknown.addAll(schema.prune(form));
            if (dropsNulls) {
                schema.dropNulls(form);
            }
            schema.applyDefaults(form);
            formMetadata(resource, form, unknown);
        }
        form.put("apiVersion", resource.apiVersion());
        form.put("kind", resource.kind());
        return form;
    }

    private static void formMetadata(Resource resource, Map<String, Object> form, List<String> unknown) {
        Object metadata = form.get("metadata");
        var decoder = new ObjectDecoder(resource);
        Map<String, Object> decoded =
                decoder.decode(Tree.of("metadata", metadata == null ? new LinkedHashMap<>() : metadata));
        unknown.addAll(decoder.unknownFields());
        Map<String, Object> formed = Tree.mapAt(decoded, "metadata");
        if (formed.get("managedFields") instanceof List<?> managed && managed.isEmpty()) {
            formed.remove("managedFields");
        }
        form.put("metadata", formed);
    }

    /** A stored object as this version of its resource shows it: it may have been written in another, or by older rules. */
    static Map<String, Object> seen(Resource resource, Map<String, Object> stored) {
        StructuralSchema schema = resource.structural();
        boolean isAsWritten = !resource.isRevised() && resource.apiVersion().equals(stored.get("apiVersion"));
        if (schema == null || isAsWritten) {
            return stored;
        }
        Map<String, Object> form = Tree.copy(stored);
        schema.prune(form);
        schema.applyDefaults(form);
        form.put("apiVersion", resource.apiVersion());
        return form;
    }

    static Map<String, Object> of(Resource resource, Map<String, Object> object) {
        return of(resource, object, new ArrayList<>());
    }

    /** An object of a built-in kind with what the kind always prints, and no more. */
    static Map<String, Object> withoutDefaults(Resource resource, Map<String, Object> object) {
        Map<String, Object> form = new ObjectDecoder(resource).decode(object);
        form.put("apiVersion", resource.apiVersion());
        form.put("kind", resource.kind());
        return form;
    }

    /** The object of the kind that says nothing: what a create is compared with. */
    static Map<String, Object> empty(Resource resource) {
        Map<String, Object> nothing = new LinkedHashMap<>();
        Map<String, Object> form = resource.isCustom() ? nothing : new ObjectDecoder(resource).decode(nothing);
        form.put("apiVersion", resource.apiVersion());
        form.put("kind", resource.kind());
        return form;
    }
}
