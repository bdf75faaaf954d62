package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an owner has in a cluster: the objects that a later delivery prunes when they are no longer wanted.
 *
 * <p>Two functions keep the law of the inventory, that a crash at any instant orphans nothing: what is stored before
 * the first object is applied is {@link #beforeApplying}, what is stored at the end is {@link #afterApplying}.
 *
 * @param entries by object, in the order of {@link ObjectRef}, no object twice
 */
public record Inventory(List<Entry> entries) {
    private static final Inventory EMPTY = new Inventory(List.of());
    private static final Set<String> RBAC = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");
    private static final String RBAC_GROUP = "rbac.authorization.k8s.io";

    /** Copies and sorts the list; of two entries for one object the later one stays. */
    public Inventory {
        var sorted = new TreeMap<ObjectRef, Entry>();
        entries.forEach(entry -> sorted.put(entry.ref(), entry));
        entries = List.copyOf(sorted.values());
    }

    /**
     * One object of an inventory.
     *
     * @param ref which object
     * @param version the version that it was applied in, without its group, such as {@code v1}
     */
    public record Entry(ObjectRef ref, String version) {
        /** Checks that the version is there. */
        public Entry {
            requireNonNull(ref, "ref");
            if (version.isEmpty()) {
                throw new IllegalArgumentException("no version for " + ref);
            }
        }

        /**
         * Reads an id as {@link #id} writes it.
         *
         * @throws IllegalArgumentException if it is no such id
         */
        public static Entry parse(String id, String version) {
            int beforeName = id.indexOf('_');
            int beforeKind = id.lastIndexOf('_');
            int beforeGroup = id.lastIndexOf('_', beforeKind - 1);
            if (beforeName < 0 || beforeGroup <= beforeName) {
                throw new IllegalArgumentException("not an inventory id: '" + id + "'");
            }
            String group = id.substring(beforeGroup + 1, beforeKind);
            String kind = id.substring(beforeKind + 1);
            String name = id.substring(beforeName + 1, beforeGroup);
            return new Entry(
                    new ObjectRef(
                            group,
                            kind,
                            id.substring(0, beforeName),
                            isRbac(group, kind) ? name.replace("__", ":") : name),
                    version);
        }

        /**
         * The id that Flux gives the object: {@code <namespace>_<name>_<group>_<kind>}, with {@code __} for each colon
         * in the name of an RBAC object. Such as {@code apps_web_apps_Deployment} or {@code _apps__Namespace}.
         */
        public String id() {
            String name = isRbac(ref.group(), ref.kind()) ? ref.name().replace(":", "__") : ref.name();
            return ref.namespace() + '_' + name + '_' + ref.group() + '_' + ref.kind();
        }

        /** The version with its group, such as {@code apps/v1}. */
        public String apiVersion() {
            return ref.group().isEmpty() ? version : ref.group() + '/' + version;
        }

        private static boolean isRbac(String group, String kind) {
            return group.equals(RBAC_GROUP) && RBAC.contains(kind);
        }
    }

    /**
     * Reads {@code status.inventory.entries} of an object, such as a Kustomization of Flux; empty where it has none.
     *
     * @throws IllegalArgumentException if an entry has no id as {@link Entry#id} writes it, or no version
     */
    public static Inventory parse(Manifest object) {
        Object entries = Tree.at(object.content(), "status", "inventory", "entries");
        if (entries == null) {
            return EMPTY;
        }
        if (!(entries instanceof List<?> list)) {
            throw new IllegalArgumentException("status.inventory.entries is no list");
        }
        return new Inventory(list.stream().map(Inventory::parseEntry).toList());
    }

    private static Entry parseEntry(@Nullable Object entry) {
        if (entry instanceof Map<?, ?> map
                && map.get("id") instanceof String id
                && map.get("v") instanceof String version) {
            return Entry.parse(id, version);
        }
        throw new IllegalArgumentException("an entry of status.inventory.entries lacks its id or its version");
    }

    /** An inventory without objects. */
    public static Inventory empty() {
        return EMPTY;
    }

    /** The objects that were created, configured or found unchanged, and not deleted afterwards as some hooks are. */
    public static Inventory of(ChangeSet changes) {
        var last = new LinkedHashMap<ObjectRef, Change>();
        changes.changes().forEach(change -> last.put(change.ref(), change));
        return new Inventory(last.values().stream()
                .filter(change -> change.action() == Action.CREATED
                        || change.action() == Action.CONFIGURED
                        || change.action() == Action.UNCHANGED)
                .map(change -> entry(change.ref(), change.apiVersion()))
                .toList());
    }

    /** The objects that are to be applied. */
    static Inventory of(List<Target> targets) {
        return new Inventory(targets.stream()
                .map(target -> entry(target.ref(), target.kind().apiVersion()))
                .toList());
    }

    /** The objects, in order. */
    public List<ObjectRef> refs() {
        return entries.stream().map(Entry::ref).toList();
    }

    /**
     * What is to be stored before the first object is applied: everything of this inventory, the one that was stored,
     * and everything that may be created.
     */
    public Inventory beforeApplying(Inventory desired) {
        var both = new ArrayList<>(entries);
        both.addAll(desired.entries);
        return new Inventory(both);
    }

    /**
     * What is to be stored at the end: what was applied, and of this inventory, the one that was stored, all that is
     * not known to be gone.
     *
     * @param gone objects that were deleted, or given up because another owns them or they are to be kept
     */
    public Inventory afterApplying(Inventory applied, Collection<ObjectRef> gone) {
        return without(gone).beforeApplying(applied);
    }

    /** This inventory without some of its objects. */
    public Inventory without(Collection<ObjectRef> refs) {
        var left = Set.copyOf(refs);
        return new Inventory(
                entries.stream().filter(entry -> !left.contains(entry.ref())).toList());
    }

    static Entry entry(ObjectRef ref, String apiVersion) {
        return new Entry(ref, apiVersion.substring(apiVersion.lastIndexOf('/') + 1));
    }
}
