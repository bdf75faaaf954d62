package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Observer;
import io.gitopstoolkit.apply.health.HealthCheck;
import java.time.Duration;

/** What the builder of an {@link Applier} was told. */
record Options(
        int concurrency,
        Staging staging,
        Handling handling,
        Duration pollInterval,
        boolean failFast,
        boolean prune,
        PrunePolicy prunePolicy,
        InventoryLocation inventory,
        HealthCheck healthCheck,
        ApplyListener listener,
        Observer observer,
        RollbackPolicy rollback,
        Inquiry inquiry,
        Expectation expectation) {
    /** The same for objects that are judged otherwise. */
    Options judging(HealthCheck check) {
        return new Options(
                concurrency,
                staging,
                handling,
                pollInterval,
                failFast,
                prune,
                prunePolicy,
                inventory,
                check,
                listener,
                observer,
                rollback,
                inquiry,
                expectation);
    }

    /** The same for what never recovers once it has failed. */
    Options failingFast() {
        return new Options(
                concurrency,
                staging,
                handling,
                pollInterval,
                true,
                prune,
                prunePolicy,
                inventory,
                healthCheck,
                listener,
                observer,
                rollback,
                inquiry,
                expectation);
    }

    /** The same for a delivery that does what is expected, or nothing. */
    Options expecting(Expectation expected) {
        return new Options(
                concurrency,
                staging,
                handling,
                pollInterval,
                failFast,
                prune,
                prunePolicy,
                inventory,
                healthCheck,
                listener,
                observer,
                rollback,
                inquiry,
                expected);
    }
}
