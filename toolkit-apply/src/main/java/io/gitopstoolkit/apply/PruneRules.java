package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.Pruner.Verdict;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says of each object that left the inventory whether it may be deleted. One for each delivery: what one list told of many
 * objects is kept until they are judged.
 */
final class PruneRules {
    private static final String FLUX = "kustomize.toolkit.fluxcd.io";
    private static final String ARGO_OPTIONS = "argocd.argoproj.io/sync-options";
    private static final String ARGO_APPROVED = "argocd.argoproj.io/deletion-approved";

    private final Cluster cluster;
    private final PrunePolicy policy;
    private final Purpose purpose;
    private final ObjectRef inventory;
    private final Survey live;
    private final Neighbours neighbours;

    /** Why objects are deleted, which for some of Argo CD's options makes a difference. */
    enum Purpose {
        /** They left the set. */
        PRUNE("Prune"),
        /** The owner goes. */
        UNINSTALL("Delete");

        private final String option;

        Purpose(String option) {
            this.option = option;
        }
    }

    private PruneRules(Cluster cluster, PrunePolicy policy, Purpose purpose, ObjectRef inventory) {
        this.cluster = cluster;
        this.policy = policy;
        this.purpose = purpose;
        this.inventory = inventory;
        this.live = new Survey(cluster);
        this.neighbours = new Neighbours(cluster);
    }

    /** For the cluster's owner, whose inventory is kept at {@code location}. */
    static PruneRules of(Cluster cluster, InventoryLocation location, PrunePolicy policy, Purpose purpose) {
        ObjectRef inventory = InventoryStore.at(location, cluster, List.of()).ref();
        return new PruneRules(cluster, policy, purpose, inventory);
    }

    PrunePolicy policy() {
        return policy;
    }

    /** Looks at many objects at once, where there are many. */
    void survey(Inventory stale, Deadline deadline) {
        live.survey(stale, deadline);
    }

    /** Looks at the object anew, the next time. */
    void forget(ObjectRef ref) {
        live.forget(ref);
    }

    Verdict verdict(Inventory.Entry entry, Deadline deadline) {
        Optional<Kind> served = live.kind(entry, deadline);
        if (served.isEmpty()) {
            return cluster.mayHideKinds()
                    ? left(
                            entry,
                            Action.FAILED,
                            entry.ref() + ": the cluster cannot tell whether it still has this kind; try again",
                            true)
                    : left(entry, Action.DELETED, "its kind is gone", false);
        }
        Optional<Manifest> found = live.get(served.get(), entry.ref(), deadline);
        if (found.isEmpty()) {
            return left(entry, Action.DELETED, "was gone already", false);
        }
        Verdict kept = kept(entry, found.get());
        if (kept == null) {
            kept = inUse(entry, found.get(), deadline);
        }
        if (kept == null) {
            kept = held(entry, deadline);
        }
        return kept != null
                ? kept
                : new Verdict(change(entry, Action.DELETED, withWhat(entry)), served.get(), found.get(), false);
    }

    /** The verdict on an object that is not deleted, null on one that is. */
    private @Nullable Verdict kept(Inventory.Entry entry, Manifest object) {
        Owner owner = cluster.owner();
        boolean home = object.ref().equals(new ObjectRef("", "Namespace", "", owner.namespace()));
        if (home || object.ref().equals(inventory)) {
            return left(entry, Action.SKIPPED, "not deleted, the owner's inventory is kept in it", false);
        }
        if (Stream.concat(Stream.of(owner), policy.formerOwners().stream()).noneMatch(each -> carries(object, each))) {
            return left(entry, Action.SKIPPED, "not deleted, it no longer carries the labels of " + owner.ref(), false);
        }
        for (String group : List.of(owner.group(), FLUX)) {
            for (var kept : Map.of("prune", "disabled", "reconcile", "disabled", "ssa", "ignore")
                    .entrySet()) {
                String annotation = group + '/' + kept.getKey();
                if (kept.getValue().equalsIgnoreCase(object.annotations().get(annotation))) {
                    return left(entry, Action.SKIPPED, "not deleted, because of its annotation " + annotation, false);
                }
            }
        }
        Optional<String> exclusion = new Policies(owner).exclusion(object);
        return exclusion.isPresent()
                ? left(entry, Action.SKIPPED, "not deleted, because of its " + exclusion.get(), false)
                : keptByOption(entry, object);
    }

    /** Argo CD's {@code Prune=false|confirm}, and {@code Delete=false|confirm} where the owner goes. */
    private @Nullable Verdict keptByOption(Inventory.Entry entry, Manifest object) {
        String options = object.annotations().getOrDefault(ARGO_OPTIONS, "");
        for (String option :
                Arrays.stream(options.split(",")).map(String::strip).toList()) {
            if (option.equalsIgnoreCase(purpose.option + "=false")) {
                return left(entry, Action.SKIPPED, "not deleted, because of its option " + option, false);
            }
            boolean confirmed =
                    !object.annotations().getOrDefault(ARGO_APPROVED, "").isBlank();
            if (option.equalsIgnoreCase(purpose.option + "=confirm") && !confirmed) {
                return left(
                        entry,
                        Action.SKIPPED,
                        "not deleted yet, because of its option " + option + "; approve it with the annotation "
                                + ARGO_APPROVED,
                        true);
            }
        }
        return null;
    }

    /** Another owner applies it at this moment, or has applied it before us. */
    private @Nullable Verdict held(Inventory.Entry entry, Deadline deadline) {
        return neighbours
                .holder(entry.ref(), deadline)
                .map(holder -> left(
                        entry,
                        Action.SKIPPED,
                        "not deleted, for the inventory of " + holder
                                + " holds it as well; the next delivery of that owner" + " takes it over",
                        true))
                .orElse(null);
    }

    /** A definition takes all objects of its kind with it. */
    private @Nullable Verdict inUse(Inventory.Entry entry, Manifest object, Deadline deadline) {
        if (!object.kind().equals("CustomResourceDefinition") || policy.deletesDefinitionsInUse()) {
            return null;
        }
        var spec = Tree.map(object.content(), "spec");
        String apiVersion = Tree.maps(spec, "versions").stream()
                .filter(version -> Boolean.TRUE.equals(version.get("served")))
                .map(version -> Tree.text(spec, "", "group") + '/' + Tree.text(version, "", "name"))
                .findFirst()
                .orElse("");
        List<ObjectRef> others = cluster.kind(apiVersion, Tree.text(spec, "", "names", "kind"), deadline)
                .map(kind -> cluster.strangers(kind, deadline))
                .orElse(List.of());
        return others.isEmpty()
                ? null
                : left(
                        entry,
                        Action.SKIPPED,
                        "not deleted, for all objects of its kind would go with it, and some are not the owner's, such as "
                                + Cluster.names(others)
                                + "; delete those first, or allow it by PrunePolicy.deletingDefinitionsInUse",
                        true);
    }

    private static boolean carries(Manifest object, Owner owner) {
        return object.labels().entrySet().containsAll(owner.labels().entrySet());
    }

    private static String withWhat(Inventory.Entry entry) {
        ObjectRef ref = entry.ref();
        return ref.kind().equals("Namespace") && ref.group().isEmpty() ? "with everything in it" : "";
    }

    static Verdict left(Inventory.Entry entry, Action action, String message, boolean stays) {
        return new Verdict(change(entry, action, message), null, null, stays);
    }

    private static Change change(Inventory.Entry entry, Action action, String message) {
        return new Change(entry.ref(), entry.apiVersion(), action, message);
    }
}
