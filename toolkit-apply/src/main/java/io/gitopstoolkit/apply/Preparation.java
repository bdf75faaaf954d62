package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.ApplyOrder;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns manifests into targets: finds their kinds, fills in namespaces and labels, and puts them in order. */
final class Preparation {
    private static final String DEFINITION = "CustomResourceDefinition";

    private final Cluster cluster;
    private final Normalization normalization;
    private final String defaultNamespace;
    private final ObjectRef inventory;
    private final Bounds bounds;

    Preparation(Cluster cluster, String defaultNamespace) {
        this(cluster, defaultNamespace, cluster.owner().inventoryRef(), Bounds.NONE);
    }

    /** With the ref of the object that keeps the inventory, which cannot be in a set. */
    Preparation(Cluster cluster, String defaultNamespace, ObjectRef inventory, Bounds bounds) {
        this.bounds = bounds;
        this.inventory = inventory;
        this.cluster = cluster;
        this.normalization = new Normalization(cluster.owner());
        this.defaultNamespace = defaultNamespace;
    }

    /**
     * What can be applied, and what cannot.
     *
     * @param targets in order
     * @param refused the manifests of which no target can be made, in their order, and why
     */
    record Prepared(List<Target> targets, Map<Manifest, Failure> refused) {
        /** The targets, if they are all. */
        List<Target> all() {
            if (refused.isEmpty()) {
                return targets;
            }
            throw Failure.all(List.copyOf(refused.values()));
        }
    }

    List<Target> targets(ManifestSet desired, Deadline deadline) {
        return prepare(desired, deadline).all();
    }

    /** Fails only where the set as a whole is no good, or the API server cannot be asked. */
    Prepared prepare(ManifestSet desired, Deadline deadline) {
        requireUnique(desired.manifests().stream().map(Manifest::ref).toList());
        Map<String, Kind> declared = declaredKinds(desired);
        var targets = new ArrayList<Target>();
        var refused = new LinkedHashMap<Manifest, Failure>();
        for (Manifest manifest : desired) {
            Optional<Kind> served = cluster.kind(manifest.apiVersion(), manifest.kind(), deadline);
            try {
                targets.add(target(manifest, declared, served));
            } catch (Failure e) {
                if (e.why() == Reason.INVALID_SET || !e.isAboutOneObject()) {
                    throw e;
                }
                refused.put(manifest, e.about(manifest.ref()));
            }
        }
        requireUnique(targets.stream().map(Target::ref).toList());
        bounds.require(targets);
        targets.sort(Comparator.comparing(Target::ref, ApplyOrder.COMPARATOR));
        return new Prepared(targets, refused);
    }

    private Target target(Manifest manifest, Map<String, Kind> declared, Optional<Kind> served) {
        Kind brought = declared.get(manifest.apiVersion() + ' ' + manifest.kind());
        Kind kind = served.orElse(brought);
        if (brought != null && !brought.equals(kind)) {
            return target(manifest, brought, true); // the set changes the scope, or the plural name
        }
        if (kind == null) {
            throw new Failure(
                    Reason.UNKNOWN_KIND,
                    manifest.ref() + " (" + manifest.apiVersion()
                            + "): the cluster does not know this kind; correct its apiVersion and kind,"
                            + " install its definition, or add the definition to the set");
        }
        return target(manifest, kind, served.isEmpty());
    }

    private Target target(Manifest manifest, Kind kind, boolean declared) {
        ObjectRef given = manifest.ref();
        String namespace = given.isNamespaced() ? given.namespace() : defaultNamespace;
        Manifest normal = normalization.of(manifest, kind.namespaced() ? namespace : "");
        if (normal.ref().equals(inventory)) {
            throw new Failure(Reason.INVALID_SET, normal.ref() + " is where the owner keeps its inventory; rename it");
        }
        return new Target(
                normal,
                normal.ref(),
                kind,
                declared,
                Directions.of(normal, cluster.owner().group()));
    }

    /** The kinds that definitions in the set bring, by API version and name. */
    private static Map<String, Kind> declaredKinds(ManifestSet desired) {
        var declared = new HashMap<String, Kind>();
        for (Manifest manifest : desired) {
            if (manifest.kind().equals(DEFINITION)) {
                var spec = Tree.map(manifest.content(), "spec");
                String name = Tree.text(spec, "", "names", "kind");
                for (var version : Tree.maps(spec, "versions")) {
                    String apiVersion = Tree.text(spec, "", "group") + '/' + Tree.text(version, "", "name");
                    boolean namespaced = Tree.text(spec, "", "scope").equals("Namespaced");
                    declared.put(
                            apiVersion + ' ' + name,
                            new Kind(apiVersion, name, Tree.text(spec, "", "names", "plural"), namespaced));
                }
            }
        }
        return declared;
    }

    private static void requireUnique(List<ObjectRef> refs) {
        var seen = new HashSet<ObjectRef>();
        List<ObjectRef> twice = refs.stream().filter(ref -> !seen.add(ref)).toList();
        if (!twice.isEmpty()) {
            throw new Failure(
                    Reason.INVALID_SET, Cluster.names(twice) + ": more than once in the set; keep one of them");
        }
    }
}
