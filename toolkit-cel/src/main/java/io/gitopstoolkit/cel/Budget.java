package io.gitopstoolkit.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationListener;
import io.gitopstoolkit.api.Deadline.Ticker;
import java.util.Collection;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one evaluation may take. It hears of each step, and ends the evaluation by throwing. */
final class Budget implements CelEvaluationListener {
    static final int LONGEST_TEXT = 1_000_000;
    static final int MOST_ENTRIES = 100_000;
    private static final int STEPS = 100_000;
    private static final long NANOS = 1_000_000_000;
    private static final Set<Kind> MAKERS = EnumSet.of(Kind.LIST, Kind.MAP, Kind.CALL, Kind.COMPREHENSION);

    private final long end = Ticker.SYSTEM.nanos() + NANOS;
    /** A list that holds another twice is small in memory, but not for whoever compares it. */
    private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();

    private int steps;
    private boolean spent;

    @Override
    public void callback(CelExpr expression, Object value) {
        require(++steps <= STEPS, "it takes more than " + STEPS + " steps");
        if (value instanceof String text) {
            require(text.length() <= LONGEST_TEXT, "it makes a text over " + LONGEST_TEXT + " characters");
        } else if (MAKERS.contains(expression.getKind())) {
            require(weight(value) <= MOST_ENTRIES, "it makes a value over " + MOST_ENTRIES + " entries");
        }
        if (steps % 100 == 0) {
            require(Ticker.SYSTEM.nanos() - end < 0, "it takes more than a second");
        }
        require(!Thread.currentThread().isInterrupted(), "it was interrupted");
    }

    /** How many values are in a value, each counted as often as it is there. */
    private long weight(@Nullable Object value) {
        if (!(value instanceof Collection<?>) && !(value instanceof Map<?, ?>)) {
            return 1;
        }
        Long known = weights.get(value);
        if (known != null) {
            return known;
        }
        long sum = 1;
        for (Object inner : value instanceof Map<?, ?> map ? map.values() : (Collection<?>) value) {
            sum += weight(inner);
        }
        weights.put(value, Math.min(sum, MOST_ENTRIES + 1L));
        return sum;
    }

    private void require(boolean met, String message) {
        if (!met) {
            spent = true;
            throw new IllegalStateException(message);
        }
    }

    /** Whether an evaluation failed because it took too much. */
    boolean isSpent(Exception failure) {
        return spent || String.valueOf(failure.getMessage()).contains("Iteration budget exceeded");
    }
}
