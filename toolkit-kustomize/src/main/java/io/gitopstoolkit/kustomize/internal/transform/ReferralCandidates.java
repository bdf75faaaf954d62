package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.History;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceId;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The resources that names can refer to, found by the names that they had. */
final class ReferralCandidates {
    private final Map<String, Namesakes> byPreviousName = new HashMap<>();
    /** For each original namespace, the effective namespaces of now, and the written ones of what is in one. */
    private final Map<String, Set<String>> effectiveByOriginal = new HashMap<>();

    private final Map<String, Set<String>> writtenByOriginal = new HashMap<>();

    ReferralCandidates(List<Resource> resources) {
        for (Resource resource : resources) {
            var names = new HashSet<String>();
            for (History.Name name : resource.history().names()) {
                if (names.add(name.name())) {
                    byPreviousName
                            .computeIfAbsent(name.name(), n -> new Namesakes())
                            .add(resource);
                }
            }
            String original = resource.originalId().namespace();
            if (!original.equals(ResourceId.CLUSTER)) {
                ResourceId now = resource.id();
                effectiveByOriginal
                        .computeIfAbsent(original, n -> new HashSet<>(2))
                        .add(now.namespace());
                if (!now.isClusterScoped()) {
                    writtenByOriginal
                            .computeIfAbsent(original, n -> new HashSet<>(2))
                            .add(resource.namespace());
                }
            }
        }
    }

    View seenBy(Resource referrer) {
        return new View(referrer, accountNamespaces(referrer));
    }

    /** The namespaces of service accounts that a role binding names, which may be others than its own. */
    private static Set<String> accountNamespaces(Resource referrer) {
        if (!referrer.kind().equals("RoleBinding") || !(referrer.root().get("subjects") instanceof ListNode subjects)) {
            return Set.of();
        }
        var namespaces = new HashSet<String>();
        for (Node item : subjects) {
            if (item instanceof MapNode subject
                    && subject.has("namespace")
                    && Scalars.text(subject.get("kind")).equals("ServiceAccount")) {
                if (!(subject.get("namespace") instanceof ScalarNode namespace) || !namespace.isString()) {
                    throw new KustomizeException(
                            TRANSFORM_FAILED, referrer + ": the namespace of a subject is not a string");
                }
                namespaces.add(namespace.text());
            }
        }
        return namespaces;
    }

    /** What one resource can refer to: what is of cluster scope, in its own namespace, or a subject of a binding. */
    final class View {
        private final Resource referrer;
        private final Set<String> accountNamespaces;

        private View(Resource referrer, Set<String> accountNamespaces) {
            this.referrer = referrer;
            this.accountNamespaces = accountNamespaces;
        }

        /** The resource of a kind that had the name; null where there is none. Several with one name now are as one. */
        @Nullable
        Resource byName(String name, Gvk target, String path) {
            return select(name, target, path, resource -> true, false);
        }

        /** The same, where several must be alike in their namespace too. */
        @Nullable
        Resource byNameAlike(String name, Gvk target, String path) {
            return select(name, target, path, resource -> true, true);
        }

        /** The same, among what had the namespace, or else has it. */
        @Nullable
        Resource byNameAndNamespace(String name, String namespace, Gvk target, String path) {
            return hasOriginal(namespace)
                    ? select(
                            name,
                            target,
                            path,
                            resource -> resource.originalId().namespace().equals(namespace),
                            true)
                    : select(
                            name,
                            target,
                            path,
                            resource -> resource.id().namespace().equals(namespace),
                            true);
        }

        private boolean hasOriginal(String namespace) {
            Set<String> effective = effectiveByOriginal.get(namespace);
            if (effective == null) {
                return false;
            }
            ResourceId self = referrer.id();
            if (self.isClusterScoped()
                    || effective.contains(ResourceId.CLUSTER)
                    || effective.contains(self.namespace())) {
                return true;
            }
            Set<String> written = writtenByOriginal.getOrDefault(namespace, Set.of());
            return accountNamespaces.stream().anyMatch(written::contains);
        }

        private boolean isVisible(Resource resource) {
            ResourceId self = referrer.id();
            ResourceId id = resource.id();
            return self.isClusterScoped()
                    || id.isClusterScoped()
                    || id.namespace().equals(self.namespace())
                    || accountNamespaces.contains(resource.namespace());
        }

        private @Nullable Resource select(
                String name, Gvk target, String path, Predicate<Resource> place, boolean inOneNamespace) {
            Namesakes named = byPreviousName.get(name);
            if (named == null) {
                return null;
            }
            Gvk role = path.endsWith("roleRef/name") ? roleKind() : null;
            var found = new ArrayList<Resource>(1);
            for (Resource resource : named.near(referrer.id(), accountNamespaces)) {
                if (isVisible(resource)
                        && place.test(resource)
                        && wasOf(resource, target)
                        && (role == null || wasOf(resource, role))
                        && isNear(resource)) {
                    found.add(resource);
                }
            }
            return found.size() == 1 ? found.get(0) : narrowed(found, inOneNamespace);
        }

        private @Nullable Resource narrowed(List<Resource> candidates, boolean inOneNamespace) {
            List<Resource> left = candidates.stream()
                    .filter(resource -> sameAffixes(resource, true))
                    .toList();
            if (left.size() > 1) {
                left = left.stream()
                        .filter(resource -> sameAffixes(resource, false))
                        .toList();
            }
            if (left.isEmpty()) {
                return null;
            }
            Resource first = left.get(0);
            for (Resource other : left) {
                if (!other.name().equals(first.name())
                        || (inOneNamespace && !other.namespace().equals(first.namespace()))) {
                    throw new KustomizeException(
                            TRANSFORM_FAILED,
                            "found multiple possible referrals from " + referrer + ": "
                                    + left.stream().map(Resource::toString).toList());
                }
            }
            return first;
        }

        private boolean isNear(Resource resource) {
            ResourceId self = referrer.id();
            ResourceId id = resource.id();
            return self.isClusterScoped()
                    || id.isClusterScoped()
                    || resource.kind().equals("ServiceAccount")
                    || id.namespace().equals(self.namespace());
        }

        private @Nullable Gvk roleKind() {
            Node group = referrer.root().find("roleRef", "apiGroup");
            Node kind = referrer.root().find("roleRef", "kind");
            return group == null || kind == null ? null : new Gvk(Scalars.rawText(group), "", Scalars.rawText(kind));
        }

        private boolean sameAffixes(Resource resource, boolean emptyFits) {
            History theirs = resource.history();
            History ours = referrer.history();
            return sameEnd(theirs.prefixes(), ours.prefixes(), emptyFits)
                    && sameEnd(theirs.suffixes(), ours.suffixes(), emptyFits);
        }
    }

    private static boolean wasOf(Resource resource, Gvk selector) {
        Gvk now = resource.gvk();
        for (History.Name name : resource.history().names()) {
            if (new Gvk(now.group(), now.version(), name.kind()).isSelectedBy(selector)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameEnd(List<String> one, List<String> other, boolean emptyFits) {
        List<String> shorter = one.size() <= other.size() ? one : other;
        List<String> longer = shorter == one ? other : one;
        if (shorter.isEmpty()) {
            return emptyFits || longer.isEmpty();
        }
        return longer.subList(longer.size() - shorter.size(), longer.size()).equals(shorter);
    }
}
