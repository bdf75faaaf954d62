package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.ToolkitException;
import io.gitopstoolkit.apply.health.Health;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A delivery, or a part of it, did not reach its goal. What it did reach is in {@link #partial}. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class ApplyException extends ToolkitException {
    private static final String RECONCILIATION_FAILED = "ReconciliationFailed";

    /** Why; each fixes the text of {@link #reason}, in Flux's words, and of {@link #retry}. */
    public enum Reason {
        /** The set itself cannot be applied: an object twice, or one that has no place in the cluster. */
        INVALID_SET(RECONCILIATION_FAILED, Retry.NEVER),
        /** The cluster does not know a kind, and its definition is not in the set. */
        UNKNOWN_KIND(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** A namespace does not exist, and is not in the set. */
        NAMESPACE_NOT_FOUND(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** An object is outside of where the applier may deliver to. */
        OUT_OF_BOUNDS(RECONCILIATION_FAILED, Retry.NEVER),
        /** A Secret with a kubeconfig is missing, or what it holds may not be used. */
        KUBECONFIG_REFUSED(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The API server refuses the content of an object. */
        INVALID_OBJECT(RECONCILIATION_FAILED, Retry.NEVER),
        /** A field cannot be changed once it is set. */
        IMMUTABLE_FIELD(RECONCILIATION_FAILED, Retry.NEVER),
        /** An admission webhook, a policy or a quota refuses an object. */
        DENIED(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The user of the client may not do it. */
        FORBIDDEN(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The API server does not know the user of the client. */
        UNAUTHENTICATED(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** Somebody else changed the same object, such as the inventory, at the same time. */
        CONFLICT(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The API server is too busy. */
        OVERLOADED(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The API server did not answer. */
        UNREACHABLE(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The API server failed to handle the request. */
        SERVER_ERROR(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The object whose status is to keep the inventory does not exist; nothing was applied or deleted. */
        INVENTORY_NOT_FOUND(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The stored inventory cannot be read; nothing was applied or deleted. */
        INVENTORY_DAMAGED(RECONCILIATION_FAILED, Retry.NEVER),
        /**
         * More would be deleted than the {@link PrunePolicy} allows without consent; nothing was applied or deleted.
         */
        PRUNE_NOT_ALLOWED("PruneFailed", Retry.NEVER),
        /** A plan does not fit any more: the cluster, the manifests or the options are not those it was made with. */
        PLAN_OUTDATED("PlanOutdated", Retry.NEVER),
        /** A healthy delivery that was kept cannot be read. */
        SNAPSHOT_DAMAGED("MissingRollbackTarget", Retry.NEVER),
        /** There is no healthy delivery to return to. */
        MISSING_ROLLBACK_TARGET("MissingRollbackTarget", Retry.NEVER),
        /** All was applied, but some of what left the inventory could not be deleted. */
        PRUNE_FAILED("PruneFailed", Retry.BACK_OFF),
        /** Objects failed, or did not become healthy in time. */
        NOT_HEALTHY("HealthCheckFailed", Retry.BACK_OFF),
        /** The time of the deadline is over. */
        TIMEOUT(RECONCILIATION_FAILED, Retry.BACK_OFF),
        /** The thread was interrupted. Its interrupt status is set. */
        CANCELED(RECONCILIATION_FAILED, Retry.BACK_OFF);

        private final String text;
        private final Retry retry;

        Reason(String text, Retry retry) {
            this.text = text;
            this.retry = retry;
        }

        /** Whether to try again. */
        Retry retry() {
            return retry;
        }
    }

    /**
     * Why one object was not brought to its state.
     *
     * @param ref which object
     * @param why the reason, of this object alone
     * @param message one sentence, for people; never a secret
     */
    public record ObjectFailure(ObjectRef ref, Reason why, String message) {
        /** Checks that nothing is null. */
        public ObjectFailure {
            requireNonNull(ref, "ref");
            requireNonNull(why, "why");
            requireNonNull(message, "message");
        }
    }

    private final Reason why;
    private final ChangeSet partial;
    private final List<ObjectFailure> failures;
    private final Map<ObjectRef, Health> unhealthy;
    private final Explanation explanation;
    private final @Nullable ChangeSet rolledBack;

    ApplyException(Failure failure, ChangeSet partial) {
        super(failure.why().text, failure.why().retry, failure.message(), failure.getCause(), failure.retryAfter());
        this.why = failure.why();
        this.partial = partial;
        this.failures = List.copyOf(failure.parts());
        this.explanation = failure.explanation();
        this.unhealthy = Collections.unmodifiableMap(new LinkedHashMap<>(failure.unhealthy()));
        this.rolledBack = null;
    }

    private ApplyException(ApplyException failure, String message, ChangeSet partial, @Nullable ChangeSet rolledBack) {
        super(
                failure.reason(),
                failure.retry(),
                message,
                failure,
                failure.retryAfter().orElse(null));
        this.why = failure.why;
        this.partial = partial;
        this.failures = failure.failures;
        this.unhealthy = failure.unhealthy;
        this.explanation = failure.explanation;
        this.rolledBack = rolledBack;
    }

    /** The same with what reached the cluster before. */
    ApplyException with(ChangeSet applied) {
        return new ApplyException(this, String.valueOf(getMessage()), applied, rolledBack);
    }

    /** The same with what was done about it, for its message, and the changes of that, or null. */
    ApplyException with(String done, @Nullable ChangeSet back) {
        return new ApplyException(this, getMessage() + "; " + done, partial, back);
    }

    /** Whether nothing was done, for the cluster did not serve a kind. */
    boolean isOfUnknownKind() {
        return why == Reason.UNKNOWN_KIND && partial.changes().isEmpty();
    }

    /** Why. */
    public Reason why() {
        return why;
    }

    /**
     * The objects that failed, each once, in the order of the delivery: all of a stage that the API server refuses, or where
     * the applier is to {@linkplain ApplierBuilder#continueOnFailure continue}, all of the delivery. Empty where the failure is
     * of no object in particular, such as that of an API server that cannot be reached.
     */
    public List<ObjectFailure> failures() {
        return failures;
    }

    /** What reached the cluster before the failure, in order; empty where nothing did. */
    public ChangeSet partial() {
        return partial;
    }

    /** The objects that were waited for and did not become healthy, with their last health; empty otherwise. */
    public Map<ObjectRef, Health> unhealthy() {
        return unhealthy;
    }

    /**
     * What {@link Applier#deliver} did to return to the last healthy delivery, under the revision of that; empty where it did
     * not try. Whether it has returned, the message says.
     */
    public Optional<ChangeSet> rolledBack() {
        return Optional.ofNullable(rolledBack);
    }

    /**
     * Why the objects that were waited for did not become healthy: their conditions, Pods, events and last log lines, as far
     * as they could be asked for in the time that {@link ApplierBuilder#explainTimeout} gives. Empty where it was nothing
     * that was waited for.
     */
    public Explanation explanation() {
        return explanation;
    }
}
