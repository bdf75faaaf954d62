package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A field selector as lists and watches take it: each kind has few fields to select by.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">Field Selectors</a>
 */
final class FieldSelector {
    private static final Set<String> METADATA = Set.of("metadata.name", "metadata.namespace");

    /** The kinds with fields of their own, by qualified name of the resource. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "pods",
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.podIPs",
                            "status.nominatedNodeName"),
            "nodes", Set.of("spec.unschedulable"),
            "replicationcontrollers", Set.of("status.replicas"),
            "events",
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            "source",
                            "type"),
            "namespaces", Set.of("status.phase"),
            "secrets", Set.of("type"),
            "services", Set.of("spec.clusterIP", "spec.type"),
            "jobs.batch", Set.of("status.successful"),
            "certificatesigningrequests.certificates.k8s.io", Set.of("spec.signerName"));

    private FieldSelector() {}

    /** What the selector chooses; everything where it is empty. */
    static Predicate<Map<String, Object>> parse(Resource resource, String text) {
        Predicate<Map<String, Object>> all = object -> true;
        for (String term : terms(text)) {
            all = all.and(term(resource, term, text));
        }
        return all;
    }

    private static List<String> terms(String text) {
        var terms = new ArrayList<String>();
        for (String term : text.split("(?<!\\\\),", -1)) {
            if (!term.isEmpty()) {
                terms.add(term);
            }
        }
        return terms;
    }

    private static Predicate<Map<String, Object>> term(Resource resource, String term, String selector) {
        int at = 0;
        while (at < term.length() && term.charAt(at) != '=' && !term.startsWith("!=", at)) {
            at++;
        }
        if (at == term.length()) {
            throw ApiException.badRequest("invalid selector: '" + selector + "'; can't understand '" + term + "'");
        }
        boolean negated = term.charAt(at) == '!';
        int length = negated || term.startsWith("==", at) ? 2 : 1;
        String field = term.substring(0, at);
        String value = term.substring(at + length)
                .replace("\\,", ",")
                .replace("\\=", "=")
                .replace("\\\\", "\\");
        checkKnown(resource, field);
        return object -> negated != text(object, field).equals(value);
    }

    private static void checkKnown(Resource resource, String field) {
        Set<String> own = FIELDS.get(resource.qualifiedName());
        boolean isMetadata = METADATA.contains(field)
                && (resource.isNamespaced() || !resource.isCustom() || !field.equals("metadata.namespace"));
        if (isMetadata
                || (own != null && own.contains(field))
                || resource.selectableFields().contains(field)) {
            return;
        }
        throw ApiException.badRequest(
                own != null || resource.isCustom()
                        ? "field label not supported: " + field
                        : Json.print(field)
                                + " is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }

    private static String text(Map<String, Object> object, String field) {
        Object value = Tree.at(object, field.split("\\."));
        if (value == null && field.equals("spec.unschedulable")) {
            return "false";
        }
        return value == null ? "" : String.valueOf(value);
    }
}
