package io.gitopstoolkit.testkit.internal.fields;

import io.gitopstoolkit.testkit.internal.fields.ManagedFields.Owned;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.schema.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code metadata.managedFields} of the objects of one kind through applies and other writes. One instance serves
 * one request.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side Apply</a>
 */
public final class FieldOwnership {
    /**
     * The kind whose objects are written.
     *
     * @param apiVersion the version that they are written in
     * @param empty the object of the kind that says nothing
     * @param versions the versions that objects of the kind can be had in
     * @param loses whether a manager in any other version makes a write lose all managers, and not that one alone
     */
    public record Kind(
            Type type, String apiVersion, Map<String, Object> empty, Predicate<String> versions, boolean loses) {}

    private static final FieldSet UNOWNED = unowned();
    private static final int MOST_UPDATE_MANAGERS = 10;

    private final Type type;
    private final Map<String, Object> empty;
    private final Predicate<String> versions;
    private final boolean loses;
    private final FieldSet ignored;
    private final String apiVersion;
    private final String subresource;
    private final String now;

    /**
     * For one request.
     *
     * @param ignored fields that this request cannot write, such as {@code status}
     * @param subresource the subresource that is written, or empty
     * @param now the time as the API prints it
     */
    public FieldOwnership(Kind kind, List<List<String>> ignored, String subresource, String now) {
        this.type = kind.type();
        this.empty = kind.empty();
        this.versions = kind.versions();
        this.loses = kind.loses();
        this.apiVersion = kind.apiVersion();
        this.subresource = subresource;
        this.now = now;
        this.ignored = new FieldSet();
        ignored.forEach(path ->
                this.ignored.insert(path.stream().map(PathElement::ofField).toList()));
    }

    /**
     * The object after an apply, with its {@code managedFields}; the argument stays as it is. An apply by
     * {@code kubectl} takes over what kubectl's client-side apply left in an annotation, and keeps that up to date.
     *
     * @param live the stored object, or the empty object of the kind
     * @throws InvalidValueException if the configuration is not of the kind's type
     * @throws ConflictException if others own fields that it would change, and {@code force} is not set
     */
    public Map<String, Object> apply(
            Map<String, Object> live, Map<String, Object> configuration, String managerName, boolean force) {
        if (!managerName.equals(LastApplied.MANAGER)) {
            return applyAs(live, configuration, managerName, force);
        }
        Map<String, Object> applied;
        try {
            applied = applyAs(live, configuration, managerName, force);
        } catch (ConflictException e) {
            FieldSet left = LastApplied.fieldsOf(type, live, apiVersion);
            ConflictException others = e.without(left);
            if (others != null) {
                throw others;
            }
            applied = applyAs(live, configuration, managerName, true);
        }
        LastApplied.renew(applied, configuration);
        return applied;
    }

    private Map<String, Object> applyAs(
            Map<String, Object> live, Map<String, Object> configuration, String managerName, boolean force) {
        Validation.check(type, configuration);
        ManagedFields managed = ManagedFields.of(live);
        Map<String, Object> current = withoutManagedFields(live);
        if (managed.isEmpty() && isStored(live)) {
            takeUnownedFields(current, managed);
        }
        Manager manager = Manager.applying(managerName, subresource);
        Owned last = managed.get(manager);
        FieldSet fields = TypedValue.fieldsOf(type, configuration).recursiveDifference(ignored);
        managed.put(manager, new Owned(fields, apiVersion, last == null ? "" : last.time()));
        Object merged = Merge.merge(type, current, configuration);
        Object pruned = last == null || last.fields().isEmpty() ? merged : prune(merged, managed, last.fields());
        release(current, pruned, managed, manager, force);
        strip(managed);
        Map<String, Object> result = Tree.copy(Tree.mapAt(pruned));
        Owned owned = managed.get(manager);
        if (owned != null && !Values.equal(current, result)) {
            managed.put(manager, new Owned(owned.fields(), apiVersion, now));
        }
        managed.writeTo(result);
        return result;
    }

    private static boolean isStored(Map<String, Object> live) {
        return !Tree.text(live, "metadata", "resourceVersion").isEmpty();
    }

    /** What was there before anybody applied belongs to a manager of that name, so that the apply conflicts with it. */
    private void takeUnownedFields(Map<String, Object> current, ManagedFields managed) {
        FieldSet fields = Comparison.of(type, empty, current).without(ignored).changed();
        managed.put(
                Manager.updating("before-first-apply", apiVersion, subresource), new Owned(fields, apiVersion, now));
        strip(managed);
    }

    /**
     * The new object of a create, update or patch, with its {@code managedFields}; the arguments stay as they are.
     *
     * @param live the stored object, or the empty object of the kind
     */
    public Map<String, Object> update(Map<String, Object> live, Map<String, Object> changed, String managerName) {
        ManagedFields managed = managedFieldsOf(live, changed);
        Map<String, Object> old = withoutManagedFields(live);
        Map<String, Object> result = withoutManagedFields(changed);
        Manager manager = Manager.updating(managerName, apiVersion, subresource);
        if (isStored(live) && managed.isEmpty()) {
            return result;
        }
        Comparison comparison;
        try {
            comparison = Comparison.of(type, old, result).without(ignored);
        } catch (InvalidValueException e) {
            // Not of the kind's type: the checks that follow refuse it, and until then nobody owns anything.
            return result;
        }
        boolean known = managed.all().values().stream().allMatch(owned -> versions.test(owned.apiVersion()));
        if (!known && loses) {
            return result;
        }
        managed.all().values().removeIf(owned -> !versions.test(owned.apiVersion()));
        for (Manager other : List.copyOf(managed.all().keySet())) {
            Owned owned = managed.all().get(other);
            if (owned != null && !other.equals(manager)) {
                managed.setFields(
                        other, owned.fields().difference(comparison.changed()).difference(comparison.removed()));
            }
        }
        FieldSet taken = comparison.changed().difference(UNOWNED);
        Owned own = managed.get(manager);
        FieldSet kept = own == null ? new FieldSet() : own.fields().difference(comparison.removed());
        if (!taken.isEmpty()) {
            managed.put(manager, new Owned(kept.union(taken), apiVersion, now));
        } else if (own != null) {
            managed.setFields(manager, kept);
        }
        strip(managed);
        capUpdateManagers(managed);
        managed.writeTo(result);
        return result;
    }

    /** A client may write managedFields itself: an empty entry clears them, none at all leaves them as they are. */
    private ManagedFields managedFieldsOf(Map<String, Object> live, Map<String, Object> changed) {
        List<Object> written = Tree.list(Tree.at(changed, "metadata", "managedFields"));
        if (written == null || !subresource.isEmpty()) {
            return ManagedFields.of(live);
        }
        if (written.isEmpty()
                || (written.size() == 1 && Tree.mapAt(written.get(0)).isEmpty())) {
            return new ManagedFields();
        }
        ManagedFields managed = ManagedFields.isReadable(changed) ? ManagedFields.of(changed) : new ManagedFields();
        return managed.isEmpty() ? ManagedFields.of(live) : managed;
    }

    /** Takes out what the manager applied last time and nobody owns now. */
    private @Nullable Object prune(@Nullable Object merged, ManagedFields managed, FieldSet last) {
        FieldSet lastNamed = last.withNamedParents(type);
        Object pruned = Merge.remove(type, merged, lastNamed);
        FieldSet mergedFields = TypedValue.fieldsOf(type, merged).withNamedParents(type);
        FieldSet prunedFields = TypedValue.fieldsOf(type, orEmpty(pruned)).withNamedParents(type);
        var owned = new FieldSet();
        for (Owned owner : managed.all().values()) {
            owned = owned.union(owner.fields());
        }
        FieldSet kept = prunedFields.union(owned.withNamedParents(type));
        pruned = Merge.remove(type, merged, mergedFields.difference(kept));
        prunedFields = TypedValue.fieldsOf(type, orEmpty(pruned)).withNamedParents(type);
        FieldSet dropped = mergedFields.difference(prunedFields).intersection(lastNamed);
        return dropped.isEmpty() ? merged : orEmpty(Merge.remove(type, merged, dropped));
    }

    private static Object orEmpty(@Nullable Object value) {
        return value == null ? new LinkedHashMap<String, Object>() : value;
    }

    /** Takes from others what this apply changes, or refuses where they own it and it is not forced. */
    private void release(
            Map<String, Object> live, @Nullable Object now, ManagedFields managed, Manager manager, boolean force) {
        Comparison comparison = Comparison.of(type, live, now).without(ignored);
        var conflicts = new ArrayList<Conflict>();
        List<Entry<Manager, Owned>> byManager = managed.all().entrySet().stream()
                .sorted(Entry.comparingByKey(Manager.ORDER))
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        for (Entry<Manager, Owned> entry : byManager) {
            Manager other = entry.getKey();
            if (!other.equals(manager)) {
                FieldSet fields = entry.getValue().fields();
                FieldSet conflicting = fields.intersection(comparison.changed());
                String name = display(other, entry.getValue());
                conflicting.eachPath(path -> conflicts.add(new Conflict(name, path)));
                managed.setFields(other, fields.difference(conflicting).difference(comparison.removed()));
            }
        }
        if (!force && !conflicts.isEmpty()) {
            throw new ConflictException(conflicts);
        }
        managed.dropEmpty();
    }

    private static String display(Manager manager, Owned owned) {
        String name = '"' + manager.name() + '"';
        String part = manager.subresource().isEmpty() ? "" : " with subresource \"" + manager.subresource() + '"';
        if (manager.applies()) {
            return name + part;
        }
        return name + part + " using " + owned.apiVersion();
    }

    private static void strip(ManagedFields managed) {
        managed.all()
                .replaceAll((manager, owned) ->
                        new Owned(owned.fields().difference(UNOWNED), owned.apiVersion(), owned.time()));
        managed.dropEmpty();
    }

    /** The oldest managers beyond the tenth become one, of the name that the real server gives them. */
    private static void capUpdateManagers(ManagedFields managed) {
        List<Entry<Manager, Owned>> updates = managed.all().entrySet().stream()
                .filter(entry -> !entry.getKey().applies())
                .sorted(Comparator.comparing((Entry<Manager, Owned> entry) ->
                                entry.getValue().time())
                        .thenComparing(entry -> entry.getKey().name()))
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        int surplus = updates.size() - MOST_UPDATE_MANAGERS;
        for (int i = 0; surplus > 0 && i <= surplus; i++) {
            Owned owned = updates.get(i).getValue();
            managed.all().remove(updates.get(i).getKey());
            managed.all()
                    .merge(
                            Manager.updating("ancient-changes", owned.apiVersion(), ""),
                            owned,
                            (one, other) ->
                                    new Owned(one.fields().union(other.fields()), one.apiVersion(), other.time()));
        }
    }

    private static Map<String, Object> withoutManagedFields(Map<String, Object> object) {
        Map<String, Object> copy = Tree.copy(object);
        Tree.mapAt(copy, "metadata").remove("managedFields");
        return copy;
    }

    private static FieldSet unowned() {
        var set = new FieldSet();
        for (String field : List.of("apiVersion", "kind", "metadata")) {
            set.insert(List.of(PathElement.ofField(field)));
        }
        for (String field : List.of(
                "name",
                "namespace",
                "creationTimestamp",
                "selfLink",
                "uid",
                "clusterName",
                "generation",
                "managedFields",
                "resourceVersion")) {
            set.insert(List.of(PathElement.ofField("metadata"), PathElement.ofField(field)));
        }
        return set;
    }
}
