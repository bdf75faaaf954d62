package io.gitopstoolkit.testkit.internal.access;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A user, as authentication or impersonation tells.
 *
 * @param uid empty where there is none
 */
public record Caller(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    /** The group that may do everything. */
    public static final String MASTERS = "system:masters";

    private static final String AUTHENTICATED = "system:authenticated";
    private static final String ACCOUNTS = "system:serviceaccount:";

    /** Who may do everything. */
    public static final Caller ADMIN = new Caller("kubernetes-admin", "", List.of(MASTERS, AUTHENTICATED), Map.of());

    /** Who does not say who they are. */
    public static final Caller ANONYMOUS =
            new Caller("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

    /** Copies. */
    public Caller {
        groups = List.copyOf(groups);
        extra = Collections.unmodifiableMap(new TreeMap<>(extra));
    }

    /** A user who has said who they are, with the groups that this brings. */
    public static Caller authenticated(String name, List<String> groups) {
        return new Caller(name, "", groups, Map.of()).withGroupsOfAuthenticated();
    }

    /** The user that a service account is. */
    public static Caller serviceAccount(String namespace, String name) {
        return authenticated(ACCOUNTS + namespace + ":" + name, groupsOfServiceAccount(namespace));
    }

    static List<String> groupsOfServiceAccount(String namespace) {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace);
    }

    /** The same in the group of those who have said who they are; of a service account, in its groups if in no other. */
    Caller withGroupsOfAuthenticated() {
        var all = new ArrayList<>(groups);
        if (groups.isEmpty() && isServiceAccount()) {
            all.addAll(groupsOfServiceAccount(serviceAccountParts()[0]));
        }
        boolean named = !name.equals(ANONYMOUS.name) && !all.contains(ANONYMOUS.groups.get(0));
        if (named && !all.contains(AUTHENTICATED)) {
            all.add(AUTHENTICATED);
        }
        if (name.equals(ANONYMOUS.name) && !all.containsAll(ANONYMOUS.groups)) {
            all.addAll(ANONYMOUS.groups);
        }
        return new Caller(name, uid, all, extra);
    }

    boolean isServiceAccount() {
        return name.startsWith(ACCOUNTS) && serviceAccountParts().length == 2;
    }

    /** Namespace and name. */
    String[] serviceAccountParts() {
        return name.substring(ACCOUNTS.length()).split(":", -1);
    }

    /** As reviews show a user. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = Tree.of("username", name);
        if (!uid.isEmpty()) {
            tree.put("uid", uid);
        }
        tree.put("groups", new ArrayList<Object>(groups));
        if (!extra.isEmpty()) {
            var copy = new LinkedHashMap<String, Object>();
            extra.forEach((key, values) -> copy.put(key, new ArrayList<Object>(values)));
            tree.put("extra", copy);
        }
        return tree;
    }
}
