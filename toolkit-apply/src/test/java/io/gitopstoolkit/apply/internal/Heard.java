package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Keeps what a watch tells, for a test to wait for. */
final class Heard implements WatchEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Map<ObjectRef, Manifest> objects = new ConcurrentHashMap<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final List<String> deleted = new CopyOnWriteArrayList<>();
    private final List<String> news = new CopyOnWriteArrayList<>();

    @Override
    public void changed(Manifest object) {
        objects.put(object.ref(), object);
        changes.add(object.ref().name());
    }

    @Override
    public void deleted(ObjectRef ref) {
        objects.remove(ref);
        deleted.add(ref.name());
    }

    @Override
    public void synced() {
        news.add("synced");
    }

    @Override
    public void lost(ApiException why) {
        news.add("lost");
    }

    @Override
    public void failed(ApiException why) {
        news.add("failed " + why.status());
    }

    Map<ObjectRef, Manifest> objects() {
        return Map.copyOf(objects);
    }

    /** The names of what changed, in order. */
    List<String> changes() {
        return List.copyOf(changes);
    }

    /** The names of what was deleted, in order. */
    List<String> deleted() {
        return List.copyOf(deleted);
    }

    /** What was told of the watch itself, in order. */
    List<String> news() {
        return List.copyOf(news);
    }

    void forget() {
        changes.clear();
        deleted.clear();
        forgetNews();
    }

    void forgetNews() {
        news.clear();
    }

    void await(String about) {
        await(() -> news.contains(about), () -> about + " in " + news);
    }

    void await(BooleanSupplier condition, Supplier<String> state) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!condition.getAsBoolean()) {
            deadline.pause(PAUSE, "wait; seen: " + state.get());
        }
    }

    void pause() {
        Deadline.after(PATIENCE).pause(PAUSE, "wait");
    }
}
