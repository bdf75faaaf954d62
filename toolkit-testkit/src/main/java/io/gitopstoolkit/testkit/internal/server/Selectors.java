package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors of lists and watches. */
final class Selectors {
    private static final Pattern SET = Pattern.compile("\\s*([^\\s!=,()]+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
    private static final Pattern EQUALITY = Pattern.compile("\\s*([^\\s!=,()]+)\\s*(==|!=|=)\\s*([^\\s,()]*)\\s*");
    private static final Pattern EXISTENCE = Pattern.compile("\\s*(!?)\\s*([^\\s!=,()]+)\\s*");
    private static final Set<String> FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "status.phase",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "status.podIP",
            "type",
            "reason",
            "involvedObject.kind",
            "involvedObject.name",
            "involvedObject.namespace",
            "involvedObject.uid",
            "spec.clusterIP",
            "spec.type",
            "spec.unschedulable",
            "status.successful");

    private Selectors() {}

    /** What both selectors of the request choose. */
    static Predicate<Map<String, Object>> of(ApiRequest request) {
        Predicate<Map<String, Object>> labels = labels(request.parameter("labelSelector"));
        Predicate<Map<String, Object>> fields = fields(request.parameter("fieldSelector"));
        return object -> labels.test(object) && fields.test(object);
    }

    private static Predicate<Map<String, Object>> labels(String selector) {
        Predicate<Map<String, Object>> all = object -> true;
        for (String requirement : requirements(selector)) {
            all = all.and(label(requirement, selector));
        }
        return all;
    }

    private static Predicate<Map<String, Object>> label(String requirement, String selector) {
        Matcher set = SET.matcher(requirement);
        if (set.matches()) {
            List<String> values = List.of(set.group(3).trim().split("\\s*,\\s*"));
            boolean in = set.group(2).equals("in");
            return object -> in == values.contains(value(object, set.group(1))) && (!in || has(object, set.group(1)));
        }
        Matcher equality = EQUALITY.matcher(requirement);
        if (equality.matches()) {
            boolean equal = !equality.group(2).equals("!=");
            return object -> equal
                    == (has(object, equality.group(1))
                            && value(object, equality.group(1)).equals(equality.group(3)));
        }
        Matcher existence = EXISTENCE.matcher(requirement);
        if (existence.matches()) {
            return object -> existence.group(1).isEmpty() == has(object, existence.group(2));
        }
        throw ApiException.badRequest("unable to parse requirement: found '" + selector + "'");
    }

    private static boolean has(Map<String, Object> object, String label) {
        return Tree.mapAt(object, "metadata", "labels").containsKey(label);
    }

    private static String value(Map<String, Object> object, String label) {
        return Tree.text(object, "metadata", "labels", label);
    }

    /** The parts between commas that stand outside of parentheses. */
    private static List<String> requirements(String selector) {
        var parts = new ArrayList<String>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i <= selector.length(); i++) {
            char c = i < selector.length() ? selector.charAt(i) : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if ((c == ',' && depth == 0) || i == selector.length()) {
                if (!selector.substring(start, i).isBlank()) {
                    parts.add(selector.substring(start, i));
                }
                start = i + 1;
            }
        }
        return parts;
    }

    private static Predicate<Map<String, Object>> fields(String selector) {
        Predicate<Map<String, Object>> all = object -> true;
        for (String requirement : requirements(selector)) {
            Matcher equality = EQUALITY.matcher(requirement);
            if (!equality.matches()) {
                throw ApiException.badRequest("invalid field selector \"" + selector + "\"");
            }
            String field = equality.group(1);
            if (!FIELDS.contains(field)) {
                throw ApiException.badRequest("field label not supported: " + field);
            }
            boolean equal = !equality.group(2).equals("!=");
            all = all.and(object -> equal == text(object, field).equals(equality.group(3)));
        }
        return all;
    }

    private static String text(Map<String, Object> object, String field) {
        Object value = Tree.at(object, field.split("\\."));
        return value == null ? "" : String.valueOf(value);
    }
}
