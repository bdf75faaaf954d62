package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery would do, object by object, in the order in which it would do it; and what it saw of the cluster, so
 * that {@link Applier#apply(Plan, io.gitopstoolkit.api.ManifestSet, io.gitopstoolkit.api.Deadline)} can carry out this
 * and nothing else.
 *
 * <p>Values of Secrets are masked as Flux masks them: {@code ***} where they stay, {@code *** (before)} and {@code ***
 * (after)} where they differ. Everything else of the objects that would change is in the plan. The same cluster and the
 * same manifests give the same plan, and the same bytes of each of its texts.
 *
 * @param owner whose delivery
 * @param revision what would be delivered
 * @param manifests the digest of the manifests that would be delivered
 * @param inventory the digest of what the owner had in the cluster
 * @param steps in order
 */
public record Plan(ObjectRef owner, Revision revision, Digest manifests, Digest inventory, List<Step> steps) {
    /** Copies the list. */
    public Plan {
        requireNonNull(owner, "owner");
        requireNonNull(revision, "revision");
        requireNonNull(manifests, "manifests");
        requireNonNull(inventory, "inventory");
        steps = List.copyOf(steps);
    }

    /**
     * What would be done to one object.
     *
     * @param change the action, as the delivery would report it
     * @param isRecreated whether the object would be deleted and created anew, for a field that cannot be changed
     * @param seen the object as it was seen, or that it was not there
     * @param fields what would differ, where the action is {@link Action#CONFIGURED}; empty otherwise, and where only
     *     the ownership of fields would change
     * @param before the object as it is, where it would be changed or deleted; null otherwise. Without its status, the
     *     metadata that the API server sets, and the values of Secrets
     * @param after the object as it would be, where it would be created, as it is given, or changed, as the API server
     *     completes it; null otherwise. Likewise without these
     */
    public record Step(
            Change change,
            boolean isRecreated,
            Seen seen,
            List<Field> fields,
            @Nullable Manifest before,
            @Nullable Manifest after) {
        /** Copies the list. */
        public Step {
            requireNonNull(change, "change");
            requireNonNull(seen, "seen");
            fields = List.copyOf(fields);
        }

        /** Which object. */
        public ObjectRef ref() {
            return change.ref();
        }

        /** What would be done. */
        public Action action() {
            return change.action();
        }

        /** The lines of {@link Plan#toString} for this object. */
        @Override
        public String toString() {
            return PlanText.of(this);
        }
    }

    /**
     * An object as a plan saw it.
     *
     * @param uid tells it from a later one of the same name; empty where the object was not there
     * @param resourceVersion changes with each write; empty where the object was not there
     * @param digest of all but the status and what the API server keeps for itself, which tells a write of the status
     *     from others; empty where the object was not there, and for Secrets, of whose values nothing is kept
     */
    public record Seen(String uid, String resourceVersion, String digest) {
        /** Not there. */
        public static final Seen ABSENT = new Seen("", "", "");

        /** Checks that nothing is null. */
        public Seen {
            requireNonNull(uid, "uid");
            requireNonNull(resourceVersion, "resourceVersion");
            requireNonNull(digest, "digest");
        }

        /** Whether the object was not there. */
        public boolean isAbsent() {
            return uid.isEmpty();
        }
    }

    /**
     * One field that would differ.
     *
     * @param path such as {@code spec.template.spec.containers[name=web].image}; items of a list are named by the keys
     *     that the API server merges them by, where it shows these
     * @param pointer the same as a JSON pointer (RFC 6901) into the object after, or into the one before if only that
     *     has the field
     * @param before the value in the cluster, plain data as in a manifest; null where there is none
     * @param after the value after the delivery; null where there is none
     * @param holders who else holds the field, or something in it, by name; empty where nobody does
     */
    public record Field(
            String path,
            String pointer,
            @Nullable Object before,
            @Nullable Object after,
            List<Holder> holders) {
        /** Copies the list. */
        public Field {
            requireNonNull(path, "path");
            requireNonNull(pointer, "pointer");
            holders = List.copyOf(holders);
        }

        /** The path, both values, and from whom the field would be taken, such as {@code spec.replicas: 1 -> 3}. */
        @Override
        public String toString() {
            return PlanText.of(this);
        }
    }

    /**
     * Another field manager who holds a field that would differ.
     *
     * @param manager such as {@code kubectl-edit}
     * @param operation {@code Apply} or {@code Update}
     * @param subresource that it wrote to, such as {@code scale}; empty for the object itself
     * @param isTakenOver whether it would hold the field no longer; otherwise it would share it
     */
    public record Holder(String manager, String operation, String subresource, boolean isTakenOver) {
        /** Checks that nothing is null. */
        public Holder {
            requireNonNull(manager, "manager");
            requireNonNull(operation, "operation");
            requireNonNull(subresource, "subresource");
        }

        /** The manager and how it came to hold the field, such as {@code kubectl-edit (Update)}. */
        @Override
        public String toString() {
            return PlanText.of(this);
        }
    }

    /**
     * Reads a plan as {@link #toJson} writes it. Fields that are not known are left out.
     *
     * @param json at most 64 Mi characters
     * @throws IllegalArgumentException if it is longer, no JSON, of a later version of the format, or lacks something;
     *     the message names the path, such as {@code steps[3].action}
     */
    public static Plan parse(String json) {
        return PlanParser.parse(requireNonNull(json, "json"));
    }

    /** The plan as JSON, indented, for {@link #parse} to read. Keys have a fixed order; {@code version} is 1. */
    public String toJson() {
        return PlanJson.of(this);
    }

    /** The steps as a change set, without the fields. */
    public ChangeSet changes() {
        return new ChangeSet(revision, steps.stream().map(Step::change).toList());
    }

    /** Whether a delivery would change anything. */
    public boolean isChanged() {
        return changes().isChanged();
    }

    /**
     * The exit code for a program that shows the plan: 0 where nothing would change, 1 where something would, as
     * {@code kubectl diff} and {@code flux diff} have it. For an error, which an exception tells, these exit with more
     * than 1.
     */
    public int exitCode() {
        return isChanged() ? 1 : 0;
    }

    /** How much would be done, such as {@code 3 to create, 1 to configure, 2 to delete, 40 unchanged}. */
    public String summary() {
        return PlanText.summary(this);
    }

    /**
     * What differs in each object, as a unified diff of YAML with three equal lines around each difference; empty where
     * nothing would change.
     */
    public String toDiff() {
        return toDiff(3);
    }

    /**
     * What differs in each object, as a unified diff of YAML.
     *
     * @param context how many equal lines to show around each difference; {@link Integer#MAX_VALUE} for all
     * @throws IllegalArgumentException if {@code context} is negative
     */
    public String toDiff(int context) {
        if (context < 0) {
            throw new IllegalArgumentException("zero or more lines of context, not " + context);
        }
        return PlanDiff.of(this, context);
    }

    /** The summary, and below it {@link #toDiff()} in a fence that nothing in it can close, for a pull request. */
    public String toMarkdown() {
        return PlanDiff.markdown(this);
    }

    /**
     * What would change, for a terminal: a line for each object, with its fields below it, and at the end the {@link
     * #summary}. Of long values and texts of many lines it shows a part.
     */
    @Override
    public String toString() {
        return PlanText.of(this);
    }
}
