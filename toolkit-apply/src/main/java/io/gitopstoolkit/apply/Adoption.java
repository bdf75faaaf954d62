package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.FieldSets;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what kubectl and other tools left on an object: the fields that they hold become ours, so that those which
 * the manifest does not have go with the apply that follows; and metadata that only they read is removed. Fields of
 * subresources, such as the status, are left alone. Safe between threads.
 *
 * @see <a href="https://github.com/fluxcd/pkg/blob/main/ssa/patch.go">Flux: ssa/patch.go</a>
 */
final class Adoption {
    private static final int ATTEMPTS = 5;
    private static final List<String> ANNOTATIONS = List.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "kustomize.toolkit.fluxcd.io/checksum",
            "fluxcd.io/sync-checksum");
    private static final List<String> LABELS = List.of("fluxcd.io/sync-gc-mark");

    private final Cluster cluster;
    private final Policies policies;
    private final String manager;
    private final List<Rule> rules;

    Adoption(Cluster cluster, Handling handling) {
        this.cluster = cluster;
        this.policies = new Policies(cluster.owner());
        this.manager = cluster.owner().fieldManager();
        this.rules = Stream.concat(
                        Stream.of(
                                Rule.of("kubectl*", "Apply", "Update"),
                                Rule.of("before-first-apply*", "Update"),
                                Rule.of(manager, "Update")),
                        handling.adopted().stream().map(name -> Rule.of(name, "Apply", "Update")))
                .toList();
    }

    /** Managers by their name, or where {@code prefix} is set, by its beginning. */
    private record Rule(String name, boolean prefix, Set<String> operations) {
        static Rule of(String pattern, String... operations) {
            boolean prefix = pattern.endsWith("*");
            String name = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
            return new Rule(name, prefix, Set.of(operations));
        }

        boolean matches(Map<String, @Nullable Object> entry) {
            String manager = Tree.text(entry, "", "manager");
            return operations.contains(Tree.text(entry, "", "operation"))
                    && Tree.text(entry, "", "subresource").isEmpty()
                    && (prefix ? manager.startsWith(name) : manager.equals(name));
        }
    }

    /**
     * What is to be taken over.
     *
     * @param managers whose fields
     * @param metadata the annotations and labels that are to go
     * @param patch the merge patch that does it, unless the object was written meanwhile
     */
    record Finding(List<String> managers, List<String> metadata, Map<String, @Nullable Object> patch) {
        /** What is done, for a message. */
        String message() {
            var done = new ArrayList<String>();
            if (!managers.isEmpty()) {
                done.add("takes over the fields of " + String.join(", ", managers));
            }
            if (!metadata.isEmpty()) {
                done.add("removes " + String.join(", ", metadata));
            }
            return String.join("; ", done);
        }
    }

    /** What others left on an object; empty where there is nothing, or it is to stay. */
    Optional<Finding> find(Target target, Manifest live) {
        if (policies.merges(target.manifest()) || policies.merges(live)) {
            return Optional.empty();
        }
        List<Map<String, @Nullable Object>> entries = Tree.maps(live.content(), "metadata", "managedFields");
        List<Map<String, @Nullable Object>> left =
                entries.stream().filter(this::isToBeAdopted).toList();
        List<String> annotations =
                left(ANNOTATIONS, live.annotations(), target.manifest().annotations());
        List<String> labels = left(LABELS, live.labels(), target.manifest().labels());
        if (left.isEmpty() && annotations.isEmpty() && labels.isEmpty()) {
            return Optional.empty();
        }
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("resourceVersion", Trials.version(live));
        if (!annotations.isEmpty()) {
            metadata.put("annotations", removal(annotations));
        }
        if (!labels.isEmpty()) {
            metadata.put("labels", removal(labels));
        }
        if (!left.isEmpty()) {
            metadata.put("managedFields", merged(entries, left));
        }
        return Optional.of(new Finding(
                names(left),
                Stream.concat(annotations.stream(), labels.stream()).toList(),
                Map.of("metadata", metadata)));
    }

    private boolean isToBeAdopted(Map<String, @Nullable Object> entry) {
        return rules.stream().anyMatch(rule -> rule.matches(entry)) && !isOurs(entry);
    }

    private boolean isOurs(Map<String, @Nullable Object> entry) {
        return manager.equals(entry.get("manager"))
                && "Apply".equals(entry.get("operation"))
                && Tree.text(entry, "", "subresource").isEmpty();
    }

    private static List<String> left(List<String> keys, Map<String, String> live, Map<String, String> desired) {
        return keys.stream()
                .filter(key -> live.containsKey(key) && !desired.containsKey(key))
                .toList();
    }

    private static Map<String, @Nullable Object> removal(List<String> keys) {
        var removal = new LinkedHashMap<String, @Nullable Object>();
        keys.forEach(key -> removal.put(key, null));
        return removal;
    }

    private static List<String> names(List<Map<String, @Nullable Object>> entries) {
        return List.copyOf(entries.stream()
                .map(entry -> Tree.text(entry, "", "manager"))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** The entries without those that are taken over, whose fields are in ours, which comes last. */
    private List<Map<String, @Nullable Object>> merged(
            List<Map<String, @Nullable Object>> entries, List<Map<String, @Nullable Object>> left) {
        var kept = new ArrayList<>(entries);
        kept.removeAll(left);
        Map<String, @Nullable Object> ours = new LinkedHashMap<>(
                kept.stream().filter(this::isOurs).findFirst().orElse(left.get(0)));
        kept.removeIf(this::isOurs);
        ours.put("manager", manager);
        ours.put("operation", "Apply");
        Map<String, @Nullable Object> fields = Tree.map(ours, "fieldsV1");
        for (var entry : left) {
            fields = FieldSets.union(fields, Tree.map(entry, "fieldsV1"));
        }
        ours.put("fieldsV1", fields);
        kept.add(ours);
        return kept;
    }

    /**
     * Takes over what others left on an object.
     *
     * @param live the object as it was seen, or its metadata
     * @throws Failure if it is refused
     */
    void adopt(Target target, Manifest live, Deadline deadline) {
        Optional<Finding> found = find(target, live);
        for (int attempt = 1; found.isPresent(); attempt++) {
            try {
                cluster.patch(target.kind(), target.ref(), found.get().patch(), deadline);
                return;
            } catch (Failure e) {
                if (e.why() != Reason.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
            found = cluster.get(target.kind(), target.ref(), deadline).flatMap(now -> find(target, now));
        }
    }
}
