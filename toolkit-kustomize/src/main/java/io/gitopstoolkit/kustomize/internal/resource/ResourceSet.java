package io.gitopstoolkit.kustomize.internal.resource;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.ID_CONFLICT;
import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The resources of a build in their order, with indexes over the ids that they have and the names that they had. Who
 * changes what an id is made of says so with {@link #changed}.
 */
public final class ResourceSet {
    private final List<Resource> resources = new ArrayList<>();
    private final Map<ResourceId, Integer> ids = new HashMap<>();
    private final IdentityHashMap<Resource, ResourceId> counted = new IdentityHashMap<>();
    private final Map<String, Set<Resource>> byName = new HashMap<>();
    private int duplicates;
    private int nextPosition;
    private boolean hasDeleted;

    /** The resources, in order. */
    public List<Resource> list() {
        return Collections.unmodifiableList(resources);
    }

    /** How many there are. */
    public int size() {
        return resources.size();
    }

    /**
     * Adds a resource at the end.
     *
     * @throws KustomizeException if there is one of its id
     */
    public void add(Resource resource) {
        if (ids.containsKey(resource.id())) {
            throw conflict(resource);
        }
        resource.position(nextPosition++);
        resources.add(resource);
        count(resource);
        indexName(resource.name(), resource);
        for (History.Name name : resource.history().names()) {
            indexName(name.name(), resource);
        }
    }

    /** Adds all resources of another set at the end. */
    public void addAll(ResourceSet other) {
        other.resources.forEach(this::add);
    }

    /**
     * Checks that no two resources have one id.
     *
     * @throws KustomizeException if two do
     */
    public void checkUnique() {
        if (duplicates > 0) {
            var seen = new LinkedHashSet<ResourceId>();
            for (Resource resource : resources) {
                if (!seen.add(resource.id())) {
                    throw conflict(resource);
                }
            }
        }
    }

    /** All resources that share an id with one of these: more than these where patches gave two the same id. */
    public List<Resource> alike(List<Resource> some) {
        if (duplicates == 0) {
            return some;
        }
        Set<ResourceId> wanted = some.stream().map(Resource::id).collect(Collectors.toSet());
        return resources.stream()
                .filter(resource -> wanted.contains(resource.id()))
                .toList();
    }

    /** Whether exactly one resource has the id. */
    public boolean isUnique(ResourceId id) {
        return ids.getOrDefault(id, 0) == 1;
    }

    /** Looks at a resource anew whose id may have changed. */
    public void changed(Resource resource) {
        resource.idChanged();
        ResourceId after = resource.id();
        if (!after.equals(counted.get(resource))) {
            uncount(resource);
            count(resource);
            indexName(after.name(), resource);
        }
        if (resource.isDeleted()) {
            hasDeleted = true;
        }
    }

    /** Takes out what patches deleted. */
    public void dropDeleted() {
        if (hasDeleted) {
            remove(Resource::isDeleted);
        }
    }

    /** Takes out the resources that the condition holds for. */
    public void remove(Predicate<Resource> condition) {
        resources.removeIf(resource -> {
            boolean out = condition.test(resource);
            if (out) {
                uncount(resource);
                unindex(resource);
            }
            return out;
        });
        hasDeleted = false;
    }

    /** The resources that have the id, or had it, in order. */
    public List<Resource> withId(ResourceId id) {
        var found = new ArrayList<Resource>(1);
        for (Resource resource : byName.getOrDefault(id.name(), Set.of())) {
            if (!resource.isDeleted() && resource.hasOrHadId(id)) {
                found.add(resource);
            }
        }
        return inOrder(found);
    }

    /** The resources that have the name, or had it, in order. */
    public List<Resource> withName(String name) {
        var found = new ArrayList<Resource>(1);
        for (Resource resource : byName.getOrDefault(name, Set.of())) {
            if (!resource.isDeleted()) {
                found.add(resource);
            }
        }
        return inOrder(found);
    }

    private static List<Resource> inOrder(List<Resource> found) {
        if (found.size() > 1) {
            found.sort((a, b) -> Integer.compare(a.position(), b.position()));
        }
        return found;
    }

    /** Puts the resources in order; all of them have different ids. */
    public void sort(Comparator<Resource> order) {
        resources.sort(order);
        nextPosition = 0;
        for (Resource resource : resources) {
            resource.position(nextPosition++);
        }
    }

    private void indexName(String name, Resource resource) {
        byName.computeIfAbsent(name, n -> new LinkedHashSet<>(2)).add(resource);
    }

    private void unindex(Resource resource) {
        byName.getOrDefault(resource.name(), new LinkedHashSet<>()).remove(resource);
        for (History.Name name : resource.history().names()) {
            byName.getOrDefault(name.name(), new LinkedHashSet<>()).remove(resource);
        }
    }

    private void count(Resource resource) {
        counted.put(resource, resource.id());
        if (ids.merge(resource.id(), 1, Integer::sum) == 2) {
            duplicates++;
        }
    }

    private void uncount(Resource resource) {
        ResourceId id = requireNonNull(counted.remove(resource), "counted");
        Integer left = ids.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
        if (left != null && left == 1) {
            duplicates--;
        }
    }

    private static KustomizeException conflict(Resource resource) {
        return new KustomizeException(
                ID_CONFLICT,
                "may not add resource with an already registered id: " + resource.id()
                        + "; remove or rename one of the two");
    }
}
