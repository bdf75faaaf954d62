package io.gitopstoolkit.testkit.internal.fields;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of fields of an object, as a tree of path elements in the notation of FieldsV1. That a field is in the set says
 * nothing of its parent or its children. Sets are built by {@link #insert}, and from then on only read.
 *
 * @see <a href="https://github.com/kubernetes-sigs/structured-merge-diff">structured-merge-diff, package fieldpath</a>
 */
public final class FieldSet {
    private final TreeSet<String> members = new TreeSet<>(PathElement.ORDER);
    private final TreeMap<String, FieldSet> children = new TreeMap<>(PathElement.ORDER);

    /** Adds the field at the path. The empty path, the whole object, is never a member. */
    void insert(List<String> path) {
        if (path.isEmpty()) {
            return;
        }
        FieldSet set = this;
        for (String element : path.subList(0, path.size() - 1)) {
            set = set.children.computeIfAbsent(element, key -> new FieldSet());
        }
        set.members.add(path.get(path.size() - 1));
    }

    /** Whether the field at this one element is a member. */
    boolean has(String element) {
        return members.contains(element);
    }

    /** The fields below an element; null where there are none. */
    @Nullable
    FieldSet below(String element) {
        FieldSet child = children.get(element);
        return child == null || child.isEmpty() ? null : child;
    }

    /** Whether no field is in it. */
    public boolean isEmpty() {
        return members.isEmpty() && children.values().stream().allMatch(FieldSet::isEmpty);
    }

    /** The fields that are in either. */
    FieldSet union(FieldSet other) {
        var result = new FieldSet();
        result.members.addAll(members);
        result.members.addAll(other.members);
        result.children.putAll(children);
        other.children.forEach((element, child) -> result.children.merge(element, child, FieldSet::union));
        return result;
    }

    /** The fields that are in both. */
    FieldSet intersection(FieldSet other) {
        var result = new FieldSet();
        result.members.addAll(members);
        result.members.retainAll(other.members);
        children.forEach((element, child) -> {
            FieldSet counterpart = other.children.get(element);
            if (counterpart != null) {
                result.addChild(element, child.intersection(counterpart));
            }
        });
        return result;
    }

    /** The fields that are in this one and not in the other. A field's children stay where the field itself goes. */
    FieldSet difference(FieldSet other) {
        var result = new FieldSet();
        result.members.addAll(members);
        result.members.removeAll(other.members);
        children.forEach((element, child) -> {
            FieldSet counterpart = other.children.get(element);
            result.addChild(element, counterpart == null ? child : child.difference(counterpart));
        });
        return result;
    }

    /** The fields that are neither in the other nor below one that is. */
    FieldSet recursiveDifference(FieldSet other) {
        var result = new FieldSet();
        result.members.addAll(members);
        result.members.removeAll(other.members);
        children.forEach((element, child) -> {
            if (!other.members.contains(element)) {
                FieldSet counterpart = other.children.get(element);
                result.addChild(element, counterpart == null ? child : child.recursiveDifference(counterpart));
            }
        });
        return result;
    }

    private void addChild(String element, FieldSet child) {
        if (!child.isEmpty()) {
            children.put(element, child);
        }
    }

    /** This set and the structs' fields above its members, which are no members by themselves. */
    FieldSet withNamedParents(@Nullable Type type) {
        var result = new FieldSet();
        result.members.addAll(members);
        children.forEach((element, child) -> {
            String name = PathElement.fieldName(element);
            if (name != null && type != null && type.declares(name)) {
                result.members.add(element);
            }
            result.children.put(element, child.withNamedParents(TypedValue.below(type, element)));
        });
        return result;
    }

    /** Calls with each member's path as messages print it, such as {@code .spec.ports[port=80]}. */
    void eachPath(Consumer<String> action) {
        eachPath("", action);
    }

    private void eachPath(String prefix, Consumer<String> action) {
        members.forEach(element -> action.accept(prefix + PathElement.display(element)));
        children.forEach((element, child) -> child.eachPath(prefix + PathElement.display(element), action));
    }

    /** The set in the form of {@code fieldsV1}. */
    Map<String, Object> toFieldsV1() {
        var all = new TreeSet<>(PathElement.ORDER);
        all.addAll(members);
        all.addAll(children.keySet());
        var result = new LinkedHashMap<String, Object>();
        for (String element : all) {
            FieldSet child = below(element);
            var value = new LinkedHashMap<String, Object>();
            if (child != null) {
                if (members.contains(element)) {
                    value.put(".", new LinkedHashMap<>());
                }
                value.putAll(child.toFieldsV1());
            }
            result.put(element, value);
        }
        return result;
    }

    /** The set that a tree in the form of FieldsV1 tells. */
    static FieldSet ofFieldsV1(Map<String, Object> fields) {
        var set = new FieldSet();
        set.read(fields, new ArrayList<>());
        return set;
    }

    private void read(Map<String, Object> fields, List<String> path) {
        if (fields.containsKey(".") || fields.isEmpty()) {
            insert(path);
        }
        fields.forEach((element, below) -> {
            if (!element.equals(".")) {
                path.add(PathElement.canonical(element));
                read(Tree.mapAt(below), path);
                path.remove(path.size() - 1);
            }
        });
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet set && toFieldsV1().equals(set.toFieldsV1());
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return toFieldsV1().toString();
    }
}
