package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What follows from a write: definitions serve their kinds, namespaces on their way out are emptied, objects whose owners
 * are gone go too. The real server leaves that to controllers, which take a moment; here it is done at once. Callers hold
 * the server's lock.
 */
final class Aftermath {
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String PVC_PROTECTION = "kubernetes.io/pvc-protection";
    private static final String PV_PROTECTION = "kubernetes.io/pv-protection";

    private final Store store;
    private final Registry registry;
    private final Definitions definitions;
    private final Times times;
    private volatile boolean controls = true;

    Aftermath(Store store, Registry registry, Times times) {
        this.store = store;
        this.registry = registry;
        this.definitions = new Definitions(store, registry);
        this.times = times;
    }

    /** From now on does the part of the API server alone. */
    void pauseControllers() {
        controls = false;
    }

    /** After an object was created or changed. */
    void changed(Resource resource, Map<String, Object> object) {
        if (isDefinition(resource)) {
            definitions.serve(resource, object, times.now());
        }
        boolean isLeaving = !Tree.text(object, "metadata", "deletionTimestamp").isEmpty();
        if (isLeaving && isDefinition(resource)) {
            clean(resource, Tree.text(object, "metadata", "name"));
        }
        if (controls && isLeaving) {
            proceed(resource, object);
        }
    }

    /** After an object was removed. */
    void removed(Resource resource, Map<String, Object> object) {
        if (isDefinition(resource)) {
            definitions.stopServing(resource, object, times.now());
        }
        if (resource.isCustom()) {
            clean(
                    registry.builtIn("apiextensions.k8s.io", "v1", "customresourcedefinitions"),
                    resource.qualifiedName());
        }
        if (!controls) {
            return;
        }
        collectDependents(Tree.text(object, "metadata", "uid"));
        finishNamespace(Tree.text(object, "metadata", "namespace"));
    }

    /** Starts the deletion of an object: at once, or as far as its finalizers let it. */
    Map<String, Object> delete(Resource resource, Map<String, Object> live, String propagation) {
        Map<String, Object> object = deleted(resource, live, propagation);
        if (!isHeld(resource, object)) {
            if (resource.is("", "pods") && !Values.equal(live, object)) {
                store.put(resource, object);
            }
            Map<String, Object> last = store.remove(resource, object);
            removed(resource, object);
            return last;
        }
        if (!Values.equal(live, object)) {
            store.put(resource, object);
            changed(resource, object);
        }
        return object;
    }

    /** The object as its deletion would leave it. */
    Map<String, Object> deleted(Resource resource, Map<String, Object> live, String propagation) {
        Map<String, Object> object = Tree.copy(live);
        addPropagation(object, propagation);
        if (isDefinition(resource)) {
            Definitions.markDeleted(object, times.now());
        }
        boolean marked = !Tree.text(object, "metadata", "deletionTimestamp").isEmpty();
        if (!marked && (isHeld(resource, object) || resource.is("", "pods"))) {
            markDeleted(resource, object);
            if (resource.is("", "namespaces")) {
                Tree.child(object, "status").put("phase", "Terminating");
            }
        }
        return object;
    }

    private static boolean isDefinition(Resource resource) {
        return resource.is("apiextensions.k8s.io", "customresourcedefinitions");
    }

    private static boolean isHeld(Resource resource, Map<String, Object> object) {
        return !Tree.textsAt(object, "metadata", "finalizers").isEmpty()
                || (resource.is("", "namespaces")
                        && !Tree.textsAt(object, "spec", "finalizers").isEmpty());
    }

    private void markDeleted(Resource resource, Map<String, Object> object) {
        Map<String, Object> metadata = Tree.child(object, "metadata");
        metadata.put("deletionTimestamp", times.now());
        if (isDefinition(resource)) {
            return;
        }
        if (!resource.is("", "namespaces")) {
            metadata.put("deletionGracePeriodSeconds", 0L);
        }
        if (metadata.containsKey("generation")) {
            metadata.put("generation", Tree.number(metadata, 0, "generation") + 1);
        }
    }

    private static void addPropagation(Map<String, Object> object, String propagation) {
        if (propagation.isEmpty()) {
            return;
        }
        Map<String, Object> metadata = Tree.child(object, "metadata");
        List<Object> finalizers = new ArrayList<>(Tree.textsAt(metadata, "finalizers"));
        finalizers.removeAll(List.of(ORPHAN, FOREGROUND));
        if (!propagation.equals("Background")) {
            finalizers.add(propagation.equals("Orphan") ? ORPHAN : FOREGROUND);
        }
        if (finalizers.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            metadata.put("finalizers", finalizers);
        }
    }

    /** Does the part of controllers in the deletion of an object that finalizers hold. */
    private void proceed(Resource resource, Map<String, Object> object) {
        String uid = Tree.text(object, "metadata", "uid");
        List<String> finalizers = Tree.textsAt(object, "metadata", "finalizers");
        if (resource.is("", "namespaces")) {
            emptyNamespace(Tree.text(object, "metadata", "name"));
            finishNamespace(Tree.text(object, "metadata", "name"));
        } else if (finalizers.contains(ORPHAN)) {
            dependents(uid).forEach(dependent -> disown(dependent, uid));
            dropFinalizer(resource, object, ORPHAN);
        } else if (finalizers.contains(FOREGROUND)) {
            deleteDependents(uid);
            if (dependents(uid).stream().noneMatch(dependent -> dependent.blocks(uid))) {
                dropFinalizer(resource, object, FOREGROUND);
            }
        } else if (finalizers.contains(PVC_PROTECTION)) {
            dropFinalizer(resource, object, PVC_PROTECTION);
        } else if (finalizers.contains(PV_PROTECTION)) {
            dropFinalizer(resource, object, PV_PROTECTION);
        }
    }

    /** Deletes the objects of a definition that is on its way out, and the definition after the last of them. */
    private void clean(Resource definitionsResource, String name) {
        Map<String, Object> definition = store.get(definitionsResource, "", name);
        if (definition == null
                || Tree.text(definition, "metadata", "deletionTimestamp").isEmpty()
                || !Tree.textsAt(definition, "metadata", "finalizers").contains(Definitions.CLEANUP)) {
            return;
        }
        Resource resource = definitions.served(definition);
        if (resource != null) {
            for (Map<String, Object> object : store.list(resource, "")) {
                if (Tree.text(object, "metadata", "deletionTimestamp").isEmpty()
                        && isStored(new Dependent(resource, object))) {
                    delete(resource, object, "Background");
                }
            }
        }
        Map<String, Object> left = store.get(definitionsResource, "", name);
        if (left != null && (resource == null || store.list(resource, "").isEmpty())) {
            dropFinalizer(definitionsResource, left, Definitions.CLEANUP);
        }
    }

    private void dropFinalizer(Resource resource, Map<String, Object> object, String finalizer) {
        Map<String, Object> changed = Tree.copy(object);
        Map<String, Object> metadata = Tree.child(changed, "metadata");
        List<Object> left = new ArrayList<>(Tree.textsAt(metadata, "finalizers"));
        left.remove(finalizer);
        if (left.isEmpty()) {
            metadata.remove("finalizers");
            store.remove(resource, changed);
            removed(resource, changed);
        } else {
            metadata.put("finalizers", left);
            store.put(resource, changed);
            changed(resource, changed);
        }
    }

    /** An object that names another as its owner. */
    private record Dependent(Resource resource, Map<String, Object> object) {
        List<Map<String, Object>> owners() {
            return Tree.mapsAt(object, "metadata", "ownerReferences");
        }

        boolean blocks(String uid) {
            return owners().stream()
                    .anyMatch(owner -> Tree.text(owner, "uid").equals(uid)
                            && Boolean.TRUE.equals(owner.get("blockOwnerDeletion")));
        }
    }

    private List<Dependent> dependents(String uid) {
        var found = new ArrayList<Dependent>();
        for (Resource resource : registry.storages()) {
            for (Map<String, Object> object : store.list(resource, "")) {
                var dependent = new Dependent(resource, object);
                if (dependent.owners().stream()
                        .anyMatch(owner -> Tree.text(owner, "uid").equals(uid))) {
                    found.add(dependent);
                }
            }
        }
        return found;
    }

    /** Deletes what has no owner left; takes the gone owner's reference out of the rest. */
    private void collectDependents(String uid) {
        for (Dependent dependent : dependents(uid)) {
            boolean ownedByAnother = dependent.owners().stream()
                    .anyMatch(owner -> !Tree.text(owner, "uid").equals(uid) && exists(owner, dependent));
            if (ownedByAnother) {
                disown(dependent, uid);
            } else if (isStored(dependent)) {
                delete(dependent.resource(), dependent.object(), "Background");
            }
        }
        registry.storages().forEach(resource -> finishForeground(resource, uid));
    }

    private void deleteDependents(String uid) {
        for (Dependent dependent : dependents(uid)) {
            if (isStored(dependent)) {
                delete(dependent.resource(), dependent.object(), dependent.blocks(uid) ? "Foreground" : "Background");
            }
        }
    }

    /** An owner that waits for its dependents may have waited for the one that has just gone. */
    private void finishForeground(Resource resource, String gone) {
        for (Map<String, Object> object : store.list(resource, "")) {
            boolean waits = Tree.textsAt(object, "metadata", "finalizers").contains(FOREGROUND)
                    && !Tree.text(object, "metadata", "deletionTimestamp").isEmpty();
            String uid = Tree.text(object, "metadata", "uid");
            if (waits && !uid.equals(gone) && dependents(uid).stream().noneMatch(one -> one.blocks(uid))) {
                dropFinalizer(resource, object, FOREGROUND);
            }
        }
    }

    private boolean isStored(Dependent dependent) {
        Map<String, Object> stored = store.get(
                dependent.resource(),
                Tree.text(dependent.object(), "metadata", "namespace"),
                Tree.text(dependent.object(), "metadata", "name"));
        return stored == dependent.object();
    }

    private boolean exists(Map<String, Object> owner, Dependent dependent) {
        Resource resource = registry.ofKind(Tree.text(owner, "apiVersion"), Tree.text(owner, "kind"));
        if (resource == null) {
            return false;
        }
        String namespace = resource.isNamespaced() ? Tree.text(dependent.object(), "metadata", "namespace") : "";
        Map<String, Object> found = store.get(resource, namespace, Tree.text(owner, "name"));
        return found != null && Tree.text(found, "metadata", "uid").equals(Tree.text(owner, "uid"));
    }

    private void disown(Dependent dependent, String uid) {
        if (!isStored(dependent)) {
            return;
        }
        Map<String, Object> changed = Tree.copy(dependent.object());
        Map<String, Object> metadata = Tree.child(changed, "metadata");
        List<Object> left = new ArrayList<>(Tree.mapsAt(metadata, "ownerReferences"));
        left.removeIf(owner -> Tree.text(owner, "uid").equals(uid));
        if (left.isEmpty()) {
            metadata.remove("ownerReferences");
        } else {
            metadata.put("ownerReferences", left);
        }
        store.put(dependent.resource(), changed);
    }

    private void emptyNamespace(String namespace) {
        for (Resource resource : registry.storages()) {
            if (resource.isNamespaced()) {
                store.list(resource, namespace).forEach(object -> {
                    boolean untouched =
                            Tree.text(object, "metadata", "deletionTimestamp").isEmpty();
                    if (untouched && isStored(new Dependent(resource, object))) {
                        delete(resource, object, "Background");
                    }
                });
            }
        }
    }

    /** Removes a namespace that is on its way out and holds nothing any more. */
    private void finishNamespace(String name) {
        Resource namespaces = registry.builtIn("", "v1", "namespaces");
        Map<String, Object> namespace = name.isEmpty() ? null : store.get(namespaces, "", name);
        if (namespace == null
                || Tree.text(namespace, "metadata", "deletionTimestamp").isEmpty()) {
            return;
        }
        boolean empty = registry.storages().stream()
                .allMatch(resource ->
                        !resource.isNamespaced() || store.list(resource, name).isEmpty());
        if (empty && Tree.textsAt(namespace, "metadata", "finalizers").isEmpty()) {
            Map<String, Object> last = Tree.copy(namespace);
            last.put("spec", new LinkedHashMap<>());
            store.remove(namespaces, last);
        }
    }
}
