package io.gitopstoolkit.testkit.internal.web;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.testkit.internal.web.Site.Operation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Faults that were ordered and have not happened yet. Safe between threads. */
public final class PendingFaults {
    private final List<Order> orders = new ArrayList<>();

    private static final class Order {
        private final BiPredicate<String, Operation> fits;
        private final Effect effect;
        private int left;

        Order(BiPredicate<String, Operation> fits, Effect effect, int times) {
            this.fits = fits;
            this.effect = effect;
            this.left = times;
        }
    }

    /**
     * Orders a fault.
     *
     * @param method of HTTP in any case, or the name of an operation, or {@code *}
     * @param path the beginning of the operation's path
     */
    public void add(int times, String method, String path, Effect effect) {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        add(
                times,
                (given, operation) ->
                        fits(method, given, operation) && operation.path().startsWith(path),
                effect);
    }

    /** Orders a fault for the next requests of which {@code fits} is true, given their method and operation. */
    public synchronized void add(int times, BiPredicate<String, Operation> fits, Effect effect) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault happens to one request or more, not " + times);
        }
        orders.add(new Order(fits, effect, times));
    }

    /** Takes all orders back. */
    public synchronized void clear() {
        orders.clear();
    }

    /** Uses up one fault that fits; null where there is none. */
    public synchronized @Nullable Effect next(String method, Operation operation) {
        for (Iterator<Order> it = orders.iterator(); it.hasNext(); ) {
            Order order = it.next();
            if (order.fits.test(method, operation)) {
                order.left--;
                if (order.left == 0) {
                    it.remove();
                }
                return order.effect;
            }
        }
        return null;
    }

    private static boolean fits(String wanted, String given, Operation operation) {
        return wanted.equals("*") || wanted.equalsIgnoreCase(given) || wanted.equals(operation.name());
    }
}
