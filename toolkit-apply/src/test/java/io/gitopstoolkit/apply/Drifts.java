package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Keeps what a drift watcher tells, for a test to wait for. */
final class Drifts implements DriftListener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final List<Drift> drifts = new CopyOnWriteArrayList<>();
    private final List<String> news = new CopyOnWriteArrayList<>();

    @Override
    public void onDrift(Drift drift) {
        drifts.add(drift);
    }

    @Override
    public void onBlind(String subject, String message) {
        news.add("blind: " + subject + ": " + message);
    }

    @Override
    public void onRecovered(String subject) {
        news.add("recovered: " + subject);
    }

    List<Drift> all() {
        return List.copyOf(drifts);
    }

    List<String> news() {
        return List.copyOf(news);
    }

    void forget() {
        drifts.clear();
    }

    /** Waits for the first drift of an object with an outcome. */
    Drift await(ObjectRef ref, Drift.Outcome outcome) {
        await(() -> find(ref, outcome).isPresent(), () -> outcome + " of " + ref + " in " + drifts + news);
        return find(ref, outcome).orElseThrow();
    }

    private Optional<Drift> find(ObjectRef ref, Drift.Outcome outcome) {
        return drifts.stream()
                .filter(drift -> drift.ref().equals(ref) && drift.outcome() == outcome)
                .findFirst();
    }

    void awaitNews(String start) {
        await(() -> news.stream().anyMatch(line -> line.startsWith(start)), () -> start + " in " + news);
    }

    static void await(BooleanSupplier condition, Supplier<String> state) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!condition.getAsBoolean()) {
            deadline.pause(PAUSE, "wait for " + state.get());
        }
    }
}
