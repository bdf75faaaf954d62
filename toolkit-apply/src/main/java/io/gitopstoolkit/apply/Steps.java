package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.internal.FieldChanges;
import io.gitopstoolkit.apply.internal.FieldChanges.FieldChange;
import io.gitopstoolkit.apply.internal.JsonPointer;
import io.gitopstoolkit.apply.internal.Tree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the steps of plans, without the values of Secrets. */
final class Steps {
    private static final Revision NONE = new Revision("none", null);
    /** What the API server sets by itself, or anew at each dry run. */
    private static final List<String> SERVER_FIELDS =
            List.of("managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink");

    private final String fieldManager;
    private final IgnoredFields ignored;

    Steps(Cluster cluster, Options options) {
        this.fieldManager = cluster.owner().fieldManager();
        this.ignored = options.handling().ignored();
    }

    /** The object without the fields that are left to others. */
    Manifest visible(Target target, Manifest live) {
        List<JsonPointer> pointers = ignored.of(target.manifest());
        return pointers.isEmpty() ? live : IgnoredFields.without(live, pointers);
    }

    /**
     * What applying would do.
     *
     * @param seen the object as it is, where the assessment did not look at it; else null
     */
    Plan.Step of(Assessment found, @Nullable Manifest seen) {
        Manifest live = found.live() == null ? seen : found.live();
        Manifest result = found.result();
        return switch (found.action()) {
            case CREATED ->
                live == null
                        ? created(found.target(), found.message())
                        : recreated(found.target(), found.change(), live);
            case CONFIGURED ->
                live == null || result == null
                        ? created(found.target(), found.message())
                        : configured(found, live, result);
            default -> stays(found.change(), live);
        };
    }

    /** An object that is left alone; in which state, its version tells. */
    private static Plan.Step stays(Change change, @Nullable Manifest live) {
        var seen = new Plan.Seen(seen(live).uid(), seen(live).resourceVersion(), "");
        return new Plan.Step(change, false, seen, List.of(), null, null);
    }

    /** An object in whose place another is created; what the API server adds to that is left out. */
    private Plan.Step recreated(Target target, Change change, Manifest whole) {
        Manifest live = visible(target, whole);
        Mask.Pair states = Mask.of(live.content(), target.manifest().content());
        List<Plan.Field> fields = FieldChanges.of(states.mapBefore(), states.mapAfter()).stream()
                .filter(field -> field.after() != null)
                .map(this::field)
                .toList();
        return new Plan.Step(change, true, seen(live), fields, shown(states.before()), shown(states.after()));
    }

    /** An object that is not there; what the API server would add to it, some of it at random, is left out. */
    Plan.Step created(Target target, String message) {
        var change = new Change(target.ref(), target.kind().apiVersion(), Action.CREATED, message);
        return new Plan.Step(
                change,
                false,
                Plan.Seen.ABSENT,
                List.of(),
                null,
                shown(Mask.of(null, target.manifest().content()).after()));
    }

    /** An object that is left alone without a look. */
    Plan.Step skipped(Target target, String why) {
        var change = new Change(target.ref(), target.kind().apiVersion(), Action.SKIPPED, why);
        return new Plan.Step(change, false, Plan.Seen.ABSENT, List.of(), null, null);
    }

    private Plan.Step configured(Assessment found, Manifest whole, Manifest result) {
        Target target = found.target();
        Manifest live = visible(target, whole);
        Mask.Pair states =
                Mask.of(live.content(), Allocations.hidden(live, target.manifest(), visible(target, result)));
        List<Plan.Field> fields = FieldChanges.of(states.mapBefore(), states.mapAfter()).stream()
                .map(this::field)
                .toList();
        return new Plan.Step(found.change(), false, seen(live), fields, shown(states.before()), shown(states.after()));
    }

    /** What pruning would do. */
    Plan.Step pruned(Pruner.Verdict verdict) {
        Manifest live = verdict.live();
        Manifest before = live == null || verdict.change().action() != Action.DELETED
                ? null
                : shown(Mask.of(live.content(), null).before());
        return before == null
                ? stays(verdict.change(), live)
                : new Plan.Step(verdict.change(), false, seen(live), List.of(), before, null);
    }

    private Plan.Field field(FieldChange change) {
        List<Plan.Holder> holders = change.after() == null
                ? List.of()
                : change.heldBefore().stream()
                        .filter(manager -> !manager.applies(fieldManager))
                        .map(manager -> new Plan.Holder(
                                manager.name(),
                                manager.operation(),
                                manager.subresource(),
                                !change.heldAfter().contains(manager)))
                        .toList();
        return new Plan.Field(change.path(), change.pointer(), change.before(), change.after(), holders);
    }

    /** The object as a plan remembers it; null stands for one that is not there. */
    static Plan.Seen seen(@Nullable Manifest live) {
        return live == null
                ? Plan.Seen.ABSENT
                : new Plan.Seen(
                        Tree.text(live.content(), "", "metadata", "uid"),
                        Tree.text(live.content(), "", "metadata", "resourceVersion"),
                        digest(live));
    }

    /** Of all but the status; none of a Secret, for a short value could be found by trying. */
    private static String digest(Manifest live) {
        Manifest shown = shown(live.content());
        return shown == null || Mask.holdsSecret(live.content())
                ? ""
                : ManifestSet.of(NONE, List.of(shown)).digest().toString();
    }

    /** The digest by which a plan remembers an inventory. */
    static Digest digest(Inventory inventory) {
        var lines = new StringBuilder();
        inventory
                .entries()
                .forEach(entry -> lines.append(entry.id())
                        .append(' ')
                        .append(entry.version())
                        .append('\n'));
        return Digest.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The object without its status and what the API server keeps for itself. */
    static @Nullable Manifest shown(@Nullable Object object) {
        if (!(object instanceof Map<?, ?> given)) {
            return null;
        }
        var content = new LinkedHashMap<>(Tree.cast(given));
        content.remove("status");
        var metadata = new LinkedHashMap<>(Tree.map(content, "metadata"));
        SERVER_FIELDS.forEach(metadata::remove);
        content.put("metadata", metadata);
        return new Manifest(content);
    }
}
