package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resources that had one name. Where they are many, as the same application for many teams, a namespace tells them apart. */
final class Namesakes {
    /** As many are looked at one by one. */
    private static final int FEW = 8;

    private final List<Resource> all = new ArrayList<>(1);
    private @Nullable Map<String, List<Resource>> byNamespace;

    void add(Resource resource) {
        all.add(resource);
    }

    /** The resources, in order, without some of those that are neither of cluster scope nor in one of the namespaces. */
    List<Resource> near(ResourceId self, Set<String> otherNamespaces) {
        if (all.size() <= FEW || self.isClusterScoped()) {
            return all;
        }
        Set<String> namespaces = new HashSet<>(4);
        namespaces.add(self.namespace());
        namespaces.add(ResourceId.CLUSTER);
        for (String namespace : otherNamespaces) {
            namespaces.add(ResourceId.effectiveNamespace(namespace));
        }
        var near = new ArrayList<Resource>();
        for (String namespace : namespaces) {
            near.addAll(index().getOrDefault(namespace, List.of()));
        }
        near.sort((a, b) -> Integer.compare(a.position(), b.position()));
        return near;
    }

    private Map<String, List<Resource>> index() {
        Map<String, List<Resource>> index = byNamespace;
        if (index == null) {
            index = new HashMap<>();
            for (Resource resource : all) {
                index.computeIfAbsent(resource.id().namespace(), n -> new ArrayList<>(1))
                        .add(resource);
            }
            byNamespace = index;
        }
        return index;
    }
}
