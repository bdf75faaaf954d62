package io.gitopstoolkit.testkit.internal.access;

import io.gitopstoolkit.testkit.internal.access.Authorizer.Decision;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Role-based access control by the Roles, ClusterRoles and their bindings that are stored. A ClusterRole that aggregates others
 * has their rules at once.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">RBAC</a>
 */
public final class Rbac {
    /** Where the objects are read. */
    public interface Objects {
        /**
         * The objects of a resource of RBAC.
         *
         * @param namespace empty for those of cluster scope
         */
        List<Map<String, Object>> list(String resource, String namespace);
    }

    private final Objects objects;

    /** Reads what it decides by from there. */
    public Rbac(Objects objects) {
        this.objects = objects;
    }

    /** A rule that applies to a user, and why. */
    private record Granted(Map<String, Object> rule, String reason) {}

    Decision decide(Caller caller, Target target) {
        var missing = new ArrayList<String>();
        for (Granted granted : granted(caller, target.namespace(), missing)) {
            if (covers(granted.rule, target)) {
                return new Decision(true, false, "RBAC: allowed by " + granted.reason);
            }
        }
        String reason = missing.size() == 1 ? missing.get(0) : "[" + String.join(", ", missing) + "]";
        return new Decision(false, false, missing.isEmpty() ? "" : "RBAC: " + reason);
    }

    /** The rules of a user in a namespace. */
    public List<Map<String, Object>> rulesOf(Caller caller, String namespace) {
        return granted(caller, namespace, new ArrayList<>()).stream()
                .map(Granted::rule)
                .toList();
    }

    private List<Granted> granted(Caller caller, String namespace, List<String> missing) {
        var granted = new ArrayList<Granted>();
        for (Map<String, Object> binding : objects.list("clusterrolebindings", "")) {
            addRules(binding, caller, granted, missing);
        }
        if (!namespace.isEmpty()) {
            for (Map<String, Object> binding : objects.list("rolebindings", namespace)) {
                addRules(binding, caller, granted, missing);
            }
        }
        return granted;
    }

    private void addRules(Map<String, Object> binding, Caller caller, List<Granted> granted, List<String> missing) {
        String namespace = Tree.text(binding, "metadata", "namespace");
        Map<String, Object> subject = Tree.mapsAt(binding, "subjects").stream()
                .filter(each -> isMeant(each, caller, namespace))
                .findFirst()
                .orElse(null);
        if (subject == null) {
            return;
        }
        List<Map<String, Object>> rules = rulesOfRole(binding, namespace);
        String kind = Tree.text(binding, "roleRef", "kind");
        String role = Tree.text(binding, "roleRef", "name");
        if (rules == null) {
            missing.add(kind.toLowerCase(Locale.ROOT) + ".rbac.authorization.k8s.io \"" + role + "\" not found");
            return;
        }
        String name = Tree.text(binding, "metadata", "name");
        String where = namespace.isEmpty() ? "ClusterRoleBinding \"" + name : "RoleBinding \"" + name + "/" + namespace;
        String reason = where + "\" of " + kind + " \"" + role + "\" to " + describe(subject);
        rules.forEach(rule -> granted.add(new Granted(rule, reason)));
    }

    private static String describe(Map<String, Object> subject) {
        String kind = Tree.text(subject, "kind");
        String name = Tree.text(subject, "name");
        return kind.equals("ServiceAccount")
                ? kind + " \"" + name + "/" + Tree.text(subject, "namespace") + "\""
                : kind + " \"" + name + "\"";
    }

    private static boolean isMeant(Map<String, Object> subject, Caller caller, String namespace) {
        String name = Tree.text(subject, "name");
        return switch (Tree.text(subject, "kind")) {
            case "User" -> caller.name().equals(name);
            case "Group" -> caller.groups().contains(name);
            case "ServiceAccount" -> {
                String own = Tree.text(subject, "namespace");
                String home = own.isEmpty() ? namespace : own;
                yield caller.name().equals("system:serviceaccount:" + home + ":" + name);
            }
            default -> false;
        };
    }

    private @Nullable List<Map<String, Object>> rulesOfRole(Map<String, Object> binding, String namespace) {
        boolean cluster = Tree.text(binding, "roleRef", "kind").equals("ClusterRole");
        String name = Tree.text(binding, "roleRef", "name");
        List<Map<String, Object>> roles = cluster ? objects.list("clusterroles", "") : objects.list("roles", namespace);
        return roles.stream()
                .filter(role -> Tree.text(role, "metadata", "name").equals(name))
                .findFirst()
                .map(role -> cluster ? withAggregated(role, roles, 0) : Tree.mapsAt(role, "rules"))
                .orElse(null);
    }

    private static List<Map<String, Object>> withAggregated(
            Map<String, Object> role, List<Map<String, Object>> all, int depth) {
        var rules = new ArrayList<>(Tree.mapsAt(role, "rules"));
        for (Map<String, Object> selector : Tree.mapsAt(role, "aggregationRule", "clusterRoleSelectors")) {
            for (Map<String, Object> other : all) {
                if (other != role && depth < 8 && isSelected(other, Tree.mapAt(selector, "matchLabels"))) {
                    rules.addAll(withAggregated(other, all, depth + 1));
                }
            }
        }
        return rules;
    }

    private static boolean isSelected(Map<String, Object> role, Map<String, Object> labels) {
        Map<String, Object> own = Tree.mapAt(role, "metadata", "labels");
        return !labels.isEmpty() && own.entrySet().containsAll(labels.entrySet());
    }

    private static boolean covers(Map<String, Object> rule, Target target) {
        if (!isIn(rule, "verbs", target.verb())) {
            return false;
        }
        if (!target.isResource()) {
            return Tree.textsAt(rule, "nonResourceURLs").stream().anyMatch(url -> isPath(url, target.path()));
        }
        List<String> names = Tree.textsAt(rule, "resourceNames");
        return isIn(rule, "apiGroups", target.group())
                && isResource(Tree.textsAt(rule, "resources"), target)
                && (names.isEmpty() || names.contains(target.name()));
    }

    private static boolean isIn(Map<String, Object> rule, String key, String value) {
        List<String> values = Tree.textsAt(rule, key);
        return values.contains("*") || values.contains(value);
    }

    private static boolean isPath(String pattern, String path) {
        return pattern.equals("*")
                || pattern.equals(path)
                || (pattern.endsWith("*") && path.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    private static boolean isResource(List<String> resources, Target target) {
        String sub = target.subresource();
        String whole = sub.isEmpty() ? target.resource() : target.resource() + "/" + sub;
        return resources.contains("*")
                || resources.contains(whole)
                || (!sub.isEmpty() && resources.contains("*/" + sub));
    }
}
