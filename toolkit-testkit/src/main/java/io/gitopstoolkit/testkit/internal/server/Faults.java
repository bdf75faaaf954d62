package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Call;
import io.gitopstoolkit.testkit.internal.web.Effect;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Failures that were ordered, in the order of their orders. Safe between threads. */
public final class Faults {
    private final List<Order> orders = new ArrayList<>();

    /** A failure for requests that match: for some, or until it is taken back. */
    public static final class Order {
        private final Predicate<Call> matches;
        private final Effect effect;
        private final double probability;
        private final Random random;
        private long left;
        private long played;

        private Order(Predicate<Call> matches, Effect effect, double probability, long seed) {
            this.matches = matches;
            this.effect = effect;
            this.probability = probability;
            this.random = new Random(seed);
        }

        private boolean hits(Call call) {
            return matches.test(call) && (probability >= 1 || random.nextDouble() < probability);
        }
    }

    /** Lets the next {@code times} matching requests go wrong. */
    public synchronized Order next(Predicate<Call> matches, Effect effect, long times) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault happens to one request or more, not " + times);
        }
        return add(new Order(matches, effect, 1, 0), times);
    }

    /** Lets matching requests go wrong, each with that probability, until it is taken back. */
    public synchronized Order always(Predicate<Call> matches, Effect effect, double probability, long seed) {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is more than 0 and at most 1, not " + probability);
        }
        return add(new Order(matches, effect, probability, seed), Long.MAX_VALUE);
    }

    private Order add(Order order, long times) {
        order.left = times;
        orders.add(order);
        return order;
    }

    /** How many requests went wrong by the order. */
    public synchronized long played(Order order) {
        return order.played;
    }

    /** Takes back an order. */
    public synchronized void remove(Order order) {
        orders.remove(order);
    }

    /** Takes back what has not happened yet. */
    public synchronized void clear() {
        orders.clear();
    }

    synchronized @Nullable Effect of(Call call) {
        for (Iterator<Order> it = orders.iterator(); it.hasNext(); ) {
            Order order = it.next();
            if (order.hits(call)) {
                order.played++;
                order.left--;
                if (order.left <= 0) {
                    it.remove();
                }
                return order.effect;
            }
        }
        return null;
    }
}
