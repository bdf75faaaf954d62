package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.transform.Variable;
import java.util.Set;

/** Reads entries of {@code vars}. */
final class VariableFields {
    static final Set<String> KNOWN = Set.of("name", "objref", "fieldref");

    private static final Set<String> OBJECT = Set.of("apiVersion", "group", "version", "kind", "name", "namespace");
    private static final Variable NONE = new Variable("", new Gvk("", "", ""), "", "", "");

    private VariableFields() {}

    static Variable read(Fields fields) {
        Variable object = fields.object("objref", OBJECT, VariableFields::object);
        Variable target = object == null ? NONE : object;
        String path = fields.object("fieldref", Set.of("fieldPath"), field -> field.text("fieldPath"));
        return new Variable(
                fields.text("name"),
                target.kind(),
                target.object(),
                target.namespace(),
                path == null || path.isEmpty() ? "metadata.name" : path);
    }

    private static Variable object(Fields fields) {
        String group = fields.text("group");
        String version = fields.text("version");
        String[] parts = fields.text("apiVersion").split("/", -1);
        if (parts.length == 2) {
            group = parts[0];
            version = parts[1];
        } else if (parts.length == 1 && !parts[0].isEmpty()) {
            version = parts[0];
        }
        return new Variable(
                "", new Gvk(group, version, fields.text("kind")), fields.text("name"), fields.text("namespace"), "");
    }
}
