package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Compact;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stored objects, one counter of versions for all of them, and the latest changes, for watches that start in the
 * past. Objects are never changed in place. Callers hold the server's lock for what must be one step.
 */
final class Store {
    private static final int KEPT_CHANGES = 20_000;

    /** What happened to an object. */
    enum Happening {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * A change.
     *
     * @param before the object before it; null for one that was added
     */
    record Change(
            long version,
            Happening happening,
            Resource resource,
            Map<String, Object> object,
            @Nullable Map<String, Object> before) {}

    private final Map<String, NavigableMap<String, Map<String, Object>>> objects = new LinkedHashMap<>();
    private final Compact compact = new Compact();
    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();
    private long version = 1;
    private long forgotten;

    synchronized long version() {
        return version;
    }

    synchronized @Nullable Map<String, Object> get(Resource resource, String namespace, String name) {
        return of(resource).get(key(namespace, name));
    }

    /** The objects of a resource by namespace and name; of all namespaces where {@code namespace} is empty. */
    synchronized List<Map<String, Object>> list(Resource resource, String namespace) {
        var all = of(resource);
        return new ArrayList<>(
                namespace.isEmpty()
                        ? all.values()
                        : all.subMap(namespace + "/", namespace + "0").values());
    }

    /**
     * The objects as they were at a version.
     *
     * @return null where the version is older than what is kept
     */
    synchronized @Nullable List<Map<String, Object>> list(Resource resource, String namespace, long at) {
        if (at >= version) {
            return list(resource, namespace);
        }
        if (at < forgotten) {
            return null;
        }
        var then = new TreeMap<>(of(resource));
        for (var newest = changes.descendingIterator(); newest.hasNext(); ) {
            Change change = newest.next();
            if (change.version() <= at) {
                break;
            }
            if (change.resource().storageKey().equals(resource.storageKey())) {
                Map<String, Object> before = change.before();
                if (before == null) {
                    then.remove(keyOf(change.object()));
                } else {
                    then.put(keyOf(before), before);
                }
            }
        }
        return new ArrayList<>(
                namespace.isEmpty()
                        ? then.values()
                        : then.subMap(namespace + "/", namespace + "0").values());
    }

    /** Stores a copy of the object under the next version, which is set in its metadata. */
    synchronized Map<String, Object> put(Resource resource, Map<String, Object> object) {
        version++;
        Tree.child(object, "metadata").put("resourceVersion", Long.toString(version));
        Map<String, Object> stored = compact.of(object);
        Map<String, Object> before = of(resource).put(keyOf(object), stored);
        record(new Change(version, before == null ? Happening.ADDED : Happening.MODIFIED, resource, stored, before));
        return stored;
    }

    /** Removes the object; the change tells its last state under the next version. */
    synchronized Map<String, Object> remove(Resource resource, Map<String, Object> object) {
        Map<String, Object> before = of(resource).remove(keyOf(object));
        if (before == null) {
            return object;
        }
        version++;
        Map<String, Object> last = Tree.copy(object);
        Tree.child(last, "metadata").put("resourceVersion", Long.toString(version));
        record(new Change(version, Happening.DELETED, resource, last, before));
        return last;
    }

    /** Drops every object of a resource without telling anybody, as when its definition goes. */
    synchronized void forget(Resource resource) {
        objects.remove(resource.storageKey());
    }

    /**
     * The changes after a version, and from then on every further one to the consumer, without a gap.
     *
     * @return null where the version is older than what is kept
     */
    synchronized @Nullable List<Change> watch(long since, Consumer<Change> consumer) {
        if (since < forgotten) {
            return null;
        }
        watchers.add(consumer);
        return changes.stream().filter(change -> change.version() > since).toList();
    }

    void unwatch(Consumer<Change> consumer) {
        watchers.remove(consumer);
    }

    /** Forgets the past, so that a watch from an older version ends with 410. */
    synchronized void compact() {
        changes.clear();
        forgotten = version;
    }

    private void record(Change change) {
        changes.add(change);
        if (changes.size() > KEPT_CHANGES) {
            forgotten = changes.remove().version();
        }
        watchers.forEach(watcher -> watcher.accept(change));
    }

    private NavigableMap<String, Map<String, Object>> of(Resource resource) {
        return objects.computeIfAbsent(resource.storageKey(), key -> new TreeMap<>());
    }

    private static String keyOf(Map<String, Object> object) {
        return key(Tree.text(object, "metadata", "namespace"), Tree.text(object, "metadata", "name"));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
