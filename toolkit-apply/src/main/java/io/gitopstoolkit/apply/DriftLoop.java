package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.WatchedObjects.Place;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a {@link DriftWatcher}: has the places of the inventory watched, and objects that may have drifted
 * judged, but not while a delivery of the same applier runs. Whatever is not said to be otherwise runs on that thread.
 */
final class DriftLoop implements LiveObjects, WatchedObjects.Listener, AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int TOGETHER = 100;
    private static final String INVENTORY = "the inventory";
    private static final String MANIFESTS = "the delivered manifests";
    private static final String CLUSTER = "the cluster";
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Applier applier;
    private final Cluster cluster;
    private final DriftOptions options;
    private final DriftJudge judge;
    private final WatchedObjects watched;
    private final ScheduledThreadPoolExecutor thread;
    private final ReentrantReadWriteLock deliveries = new ReentrantReadWriteLock(true);
    private final Object lock = new Object();
    private final Set<ObjectRef> changed = new LinkedHashSet<>();
    private boolean isQueued;
    private final Set<String> blind = new HashSet<>();
    private final Map<Place, Integer> failures = new HashMap<>();
    private final Set<Place> waiting = new HashSet<>();
    private final Set<Place> forbidden = new HashSet<>();
    private Set<ObjectRef> expected = Set.of();
    private volatile boolean isPlanned;

    DriftLoop(Applier applier, DriftOptions options) {
        this.applier = applier;
        this.cluster = applier.cluster();
        this.options = options;
        this.judge = new DriftJudge(applier, options, this::lookAgain);
        this.watched = new WatchedObjects(cluster, Pace.usual(options.random()), this);
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            var named = new Thread(task, "drift-" + cluster.owner().name());
            named.setDaemon(true);
            return named;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Called by any thread. */
    void start() {
        cluster.memory().hold(this);
        run(this::begin);
    }

    /** Whether all that can be watched is known. Called by any thread. */
    boolean isSynced() {
        return isPlanned && watched.isSynced();
    }

    /** Called by any thread. */
    @Override
    public void close() {
        if (cluster.memory().held() == this) {
            cluster.memory().hold(LiveObjects.NONE);
        }
        thread.shutdownNow();
        watched.close();
    }

    private void run(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(task);
        }
    }

    private void runLater(Runnable task, Duration delay) {
        if (!thread.isShutdown()) {
            var unused = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    // What is watched.

    private void begin() {
        try {
            applier.inventory(Deadline.after(LIMIT));
            sees(INVENTORY);
            plan();
        } catch (ApplyException e) {
            isPlanned = true;
            blind(INVENTORY, String.valueOf(e.getMessage()));
            runLater(this::begin, DriftHistory.pause(failures.merge(new Place("", INVENTORY, ""), 1, Integer::sum)));
        }
    }

    private void plan() {
        Inventory inventory = cluster.memory().inventory();
        expected = Set.copyOf(inventory.refs());
        judge.retain(expected);
        Map<Place, Inventory.Entry> places = WatchedObjects.places(inventory, forbidden);
        watched.retain(places.keySet());
        failures.keySet().retainAll(places.keySet());
        places.forEach((place, entry) -> {
            if (!waiting.contains(place)) {
                watch(place, entry);
            }
        });
        isPlanned = true;
    }

    private void watch(Place place, Inventory.Entry entry) {
        String group = place.group().isEmpty() ? "" : place.group() + '/';
        try {
            Optional<Kind> kind = cluster.kind(group + entry.version(), place.kind(), Deadline.after(LIMIT))
                    .or(() -> cluster.kind(entry.ref(), Deadline.after(LIMIT)));
            if (kind.isPresent()) {
                watched.watch(place, kind.get());
            } else {
                retry(place, "the cluster does not know the kind; install its definition");
            }
        } catch (Failure | DeadlineException e) {
            retry(place, String.valueOf(e.getMessage()));
        }
    }

    private void retry(Place place, String message) {
        blind(place.toString(), message);
        waiting.add(place);
        runLater(
                () -> {
                    waiting.remove(place);
                    plan();
                },
                DriftHistory.pause(failures.merge(place, 1, Integer::sum)));
    }

    private void blind(String subject, String message) {
        if (blind.add(subject)) {
            options.listener().onBlind(subject, message);
        }
    }

    private void sees(String subject) {
        if (blind.remove(subject)) {
            options.listener().onRecovered(subject);
        }
    }

    /** Called by threads of the HTTP client. */
    @Override
    public void onFailed(Place place, ApiException why) {
        run(() -> {
            boolean isForbidden = why.status() == 403;
            if (isForbidden && place.namespace().isEmpty() && forbidden.add(place)) {
                plan(); // namespace by namespace, which may be allowed
            } else {
                retry(place, Failures.of(why, "watch " + place, null).message());
            }
        });
    }

    /** Called by threads of the HTTP client. */
    @Override
    public void onSynced(Place place) {
        run(() -> {
            failures.remove(place);
            sees(place.toString());
            look(expected.stream().filter(place::holds).collect(Collectors.toList()));
        });
    }

    // What may have drifted.

    /** Called by threads of the HTTP client. */
    @Override
    public void onChange(ObjectRef ref) {
        if (!judge.isAsNoted(ref, watched.stamp(ref))) {
            look(List.of(ref));
        }
    }

    private void lookAgain(ObjectRef ref, Duration delay) {
        runLater(
                () -> {
                    judge.resume(ref);
                    look(List.of(ref));
                },
                delay);
    }

    /** Called by any thread. */
    private void look(List<ObjectRef> refs) {
        synchronized (lock) {
            changed.addAll(refs);
            if (isQueued || changed.isEmpty()) {
                return;
            }
            isQueued = true;
        }
        run(this::judge);
    }

    private void judge() {
        synchronized (lock) {
            isQueued = false;
        }
        if (!deliveries.writeLock().tryLock()) {
            return; // the end of the delivery looks
        }
        try {
            Map<ObjectRef, @Nullable Stamp> suspects = suspects();
            if (!suspects.isEmpty()) {
                judge(suspects);
            }
        } finally {
            deliveries.writeLock().unlock();
        }
        look(List.of());
    }

    private void judge(Map<ObjectRef, @Nullable Stamp> suspects) {
        ManifestSet delivered;
        try {
            delivered = options.delivered().get();
        } catch (RuntimeException e) { // of the user's code
            unable(MANIFESTS, String.valueOf(e.getMessage()), suspects.keySet());
            return;
        }
        sees(MANIFESTS);
        try {
            judge.judge(suspects, delivered, Deadline.after(LIMIT));
            sees(CLUSTER);
        } catch (Failure | DeadlineException e) {
            unable(CLUSTER, String.valueOf(e.getMessage()), suspects.keySet());
        }
    }

    private void unable(String subject, String message, Set<ObjectRef> suspects) {
        if (!thread.isShutdown()) {
            blind(subject, message);
            List<ObjectRef> all = List.copyOf(suspects);
            runLater(() -> look(all), PAUSE);
        }
    }

    private Map<ObjectRef, @Nullable Stamp> suspects() {
        List<ObjectRef> some;
        synchronized (lock) {
            some = new ArrayList<>(changed);
            changed.clear();
        }
        var suspects = new LinkedHashMap<ObjectRef, @Nullable Stamp>();
        for (ObjectRef ref : some) {
            Stamp stamp = watched.stamp(ref);
            if (!expected.contains(ref) || !watched.isKnown(ref) || !judge.isSuspect(ref, stamp)) {
                continue;
            }
            if (suspects.size() < TOGETHER) {
                suspects.put(ref, stamp);
            } else {
                synchronized (lock) {
                    changed.add(ref);
                }
            }
        }
        return suspects;
    }

    // What deliveries know; called by their threads.

    @Override
    public boolean covers(Kind kind, String namespace) {
        return watched.isLive(new Place(kind.group(), kind.name(), namespace));
    }

    @Override
    public Optional<Stamp> stamp(Kind kind, ObjectRef ref) {
        return Optional.ofNullable(watched.stamp(ref));
    }

    @Override
    public void deliveryBegins(Deadline deadline) {
        String doing = "wait for a correction of drift";
        deadline.check(doing);
        try {
            if (!deliveries.readLock().tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                deadline.check(doing);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            deadline.check(doing);
        }
    }

    @Override
    public void deliveryEnds() {
        if (deliveries.getReadHoldCount() > 0) {
            deliveries.readLock().unlock();
        }
        isPlanned = false;
        run(() -> {
            plan();
            look(List.of());
        });
    }
}
