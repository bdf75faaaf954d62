package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.ObjectRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Who delivers: the name under which fields are owned, and the labels that mark the objects of one delivery. Two
 * deliveries that run in one cluster need two owners.
 *
 * @param fieldManager the field manager of server-side apply; 1 to 128 characters
 * @param group prefix of the owner's labels and annotations, a DNS name such as {@code delivery.example.org}
 * @param name of the delivery, fit for a label's value and an object's name: at most 63 characters
 * @param namespace of the delivery, where its inventory is kept; must exist in the cluster
 */
public record Owner(String fieldManager, String group, String name, String namespace) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");
    private static final int LONGEST_FIELD_MANAGER = 128;
    private static final int LONGEST_GROUP = 180;

    /**
     * Checks the form of each.
     *
     * @throws IllegalArgumentException if one is empty, too long, or holds a character that Kubernetes does not allow
     */
    public Owner {
        requireNonNull(fieldManager, "fieldManager");
        boolean printable = fieldManager.chars().allMatch(c -> c > ' ' && c != 0x7f);
        check(
                printable && !fieldManager.isEmpty() && fieldManager.length() <= LONGEST_FIELD_MANAGER,
                "field manager",
                fieldManager);
        check(DOMAIN.matcher(group).matches() && group.length() <= LONGEST_GROUP, "group", group);
        check(LABEL.matcher(name).matches(), "name", name);
        check(LABEL.matcher(namespace).matches(), "namespace", namespace);
    }

    /** The owner as an object that events can be about: of kind {@code Delivery}, which need not exist. */
    public ObjectRef ref() {
        return new ObjectRef(group, "Delivery", namespace, name);
    }

    /** The labels on each object of the delivery: {@code <group>/name} and {@code <group>/namespace}. */
    public Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put(group + "/name", name);
        labels.put(group + "/namespace", namespace);
        return java.util.Collections.unmodifiableMap(labels);
    }

    /** The object that keeps the inventory. */
    ObjectRef inventoryRef() {
        return new ObjectRef("", "ConfigMap", namespace, "inventory." + name + '.' + group);
    }

    private static void check(boolean valid, String what, String value) {
        if (!valid) {
            throw new IllegalArgumentException("not fit for the " + what + " of an owner: '" + value + "'");
        }
    }
}
