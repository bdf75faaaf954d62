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
import java.util.List;
import java.util.Map;

/** Turns manifests into targets: finds their kinds, fills in namespaces and labels, and puts them in order. */
final class Preparation {
    private static final String DEFINITION = "CustomResourceDefinition";

    private final Cluster cluster;
    private final Normalization normalization;
    private final String defaultNamespace;

    Preparation(Cluster cluster, String defaultNamespace) {
        this.cluster = cluster;
        this.normalization = new Normalization(cluster.owner());
        this.defaultNamespace = defaultNamespace;
    }

    List<Target> targets(ManifestSet desired, Deadline deadline) {
        requireUnique(desired.manifests().stream().map(Manifest::ref).toList());
        Map<String, Kind> declared = declaredKinds(desired);
        var targets = new ArrayList<Target>();
        var unknown = new ArrayList<String>();
        for (Manifest manifest : desired) {
            String id = manifest.apiVersion() + ' ' + manifest.kind();
            var served = cluster.kind(manifest.apiVersion(), manifest.kind(), deadline);
            Kind kind = served.orElse(declared.get(id));
            if (kind == null) {
                unknown.add(manifest.ref() + " (" + manifest.apiVersion() + ")");
            } else {
                targets.add(target(manifest, kind, served.isEmpty()));
            }
        }
        if (!unknown.isEmpty()) {
            throw new Failure(
                    Reason.UNKNOWN_KIND,
                    Cluster.names(unknown) + ": the cluster does not know this kind; correct its apiVersion and kind,"
                            + " install its definition, or add the definition to the set");
        }
        requireUnique(targets.stream().map(Target::ref).toList());
        targets.sort(Comparator.comparing(Target::ref, ApplyOrder.COMPARATOR));
        return targets;
    }

    private Target target(Manifest manifest, Kind kind, boolean declared) {
        ObjectRef given = manifest.ref();
        String namespace = given.isNamespaced() ? given.namespace() : defaultNamespace;
        Manifest normal = normalization.of(manifest, kind.namespaced() ? namespace : "");
        if (normal.ref().equals(cluster.owner().inventoryRef())) {
            throw new Failure(Reason.INVALID_SET, normal.ref() + " is where the owner keeps its inventory; rename it");
        }
        return new Target(normal, normal.ref(), kind, declared);
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
