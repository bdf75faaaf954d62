package io.gitopstoolkit.testkit;

import io.gitopstoolkit.testkit.internal.server.Faults;

/** A {@link Fault} that happens to requests of an {@link EmbeddedKubernetes} until it is closed. Safe between threads. */
public final class StandingFault implements AutoCloseable {
    private final Faults faults;
    private final Faults.Order order;

    StandingFault(Faults faults, Faults.Order order) {
        this.faults = faults;
        this.order = order;
    }

    /** How many requests went wrong by it. */
    public long count() {
        return faults.played(order);
    }

    /** Lets no further request go wrong. Can be called again. */
    @Override
    public void close() {
        faults.remove(order);
    }
}
