package io.gitopstoolkit.apply;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.Waiter.Place;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Selection;
import io.gitopstoolkit.apply.internal.Watch;
import io.gitopstoolkit.apply.internal.WatchEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a {@link Waiter} hears of each object: by a watch of the owner's objects of a kind in a namespace (or
 * in the whole cluster, where they are in many); of single objects, and of those without the owner's labels, by name; and
 * by asking again and again where a watch is forbidden, or there would be too many.
 *
 * <p>All of it, what the watches tell too, runs on the thread that waits.
 */
final class Lookout implements AutoCloseable {
    /** A kind in more namespaces than this is watched in the whole cluster. */
    private static final int SOME_NAMESPACES = 4;
    /** Each is a request that the server keeps open. */
    private static final int MOST_WATCHES = 32;

    private static final int UNAUTHENTICATED = 401;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Waiter waiter;
    private final Duration longestPause;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final List<Post> posts = new ArrayList<>();
    private final Set<ObjectRef> polled = new TreeSet<>();
    private Duration pause = FIRST_PAUSE;
    private Deadline nextPoll = Deadline.after(FIRST_PAUSE);
    private Deadline deadline = nextPoll;

    Lookout(Cluster cluster, Waiter waiter, Duration longestPause) {
        this.cluster = cluster;
        this.waiter = waiter;
        this.longestPause = longestPause;
    }

    /** Has a first look at a few, and begins to watch the rest. */
    void begin(Collection<ObjectRef> refs, Deadline until) {
        deadline = until;
        Map<Place, List<ObjectRef>> kinds = new LinkedHashMap<>();
        Place.of(refs)
                .forEach((place, same) -> kinds.computeIfAbsent(
                                new Place(place.group(), place.kind(), ""), key -> new ArrayList<>())
                        .addAll(same));
        for (List<ObjectRef> same : kinds.values()) {
            Map<String, List<ObjectRef>> namespaces = same.stream().collect(groupingBy(ObjectRef::namespace, toList()));
            if (namespaces.size() > SOME_NAMESPACES) {
                Kind kind = waiter.kind(same.get(0), until);
                post(Selection.of(kind, "").labelled(cluster.owner().labels()), same);
            } else {
                namespaces.values().forEach(this::beginPlace);
            }
        }
    }

    private void beginPlace(List<ObjectRef> same) {
        if (Waiter.isWorthAList(same)) {
            Kind kind = waiter.kind(same.get(0), deadline);
            post(
                    Selection.of(kind, same.get(0).namespace())
                            .labelled(cluster.owner().labels()),
                    same);
        } else {
            beginAlone(same);
        }
    }

    /** Objects of one place that the owner's labels do not find. */
    private void beginAlone(List<ObjectRef> same) {
        Kind kind = waiter.kind(same.get(0), deadline);
        if (Waiter.isWorthAList(same)) {
            post(Selection.of(kind, same.get(0).namespace()), same);
            return;
        }
        waiter.lookAt(same, deadline);
        for (ObjectRef ref : same) {
            if (waiter.isPending(ref)) {
                post(Selection.of(kind, ref.namespace()).named(ref.name()), List.of(ref));
            }
        }
    }

    private void post(Selection what, Collection<ObjectRef> refs) {
        if (posts.stream().filter(Post::isOpen).count() >= MOST_WATCHES) {
            polled.addAll(refs);
            return;
        }
        var post = new Post(what, refs);
        posts.add(post);
        post.open();
    }

    /**
     * Waits for news, and takes them.
     *
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over, or the thread is interrupted
     */
    void step(String doing, Deadline until) {
        deadline = until;
        until.check(doing);
        Duration wait = least(until.remaining(), polled.isEmpty() ? LONGEST_STEP : nextPoll.remaining());
        try {
            Runnable task = tasks.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            if (task != null) {
                task.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            until.check(doing);
        }
        if (!polled.isEmpty() && nextPoll.remaining().isZero()) {
            polled.removeIf(ref -> !waiter.isPending(ref));
            waiter.lookAt(polled, until);
            pause = least(pause.multipliedBy(2), longestPause);
            nextPoll = Deadline.after(pause);
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Why something that is waited for may have changed unseen; null where the watches work. */
    @Nullable
    ApiException trouble() {
        for (Post post : posts) {
            if (post.isOpen() && post.trouble != null) {
                return post.trouble;
            }
        }
        return null;
    }

    /** Ends all watches. */
    @Override
    public void close() {
        posts.forEach(Post::close);
    }

    /** One watch, and the objects that it is there for. */
    private final class Post implements WatchEvents {
        private final Selection what;
        private final Set<ObjectRef> refs;
        private final Set<ObjectRef> unseen;
        private @Nullable Watch watch;
        private @Nullable ApiException trouble;

        Post(Selection what, Collection<ObjectRef> refs) {
            this.what = what;
            this.refs = new HashSet<>(refs);
            this.unseen = new TreeSet<>(refs);
        }

        void open() {
            watch = cluster.watch(what, longestPause, tasks::add, this);
        }

        boolean isOpen() {
            return watch != null;
        }

        void close() {
            Watch open = watch;
            watch = null;
            if (open != null) {
                open.close();
            }
        }

        private boolean byLabels() {
            return !what.labelSelector().isEmpty();
        }

        @Override
        public void changed(Manifest object) {
            ObjectRef ref = object.ref();
            if (refs.contains(ref)) {
                unseen.remove(ref);
                waiter.saw(ref, object);
            }
        }

        @Override
        public void deleted(ObjectRef ref) {
            if (!refs.contains(ref)) {
                return;
            }
            if (byLabels()) {
                // Or somebody has taken the labels away.
                refs.remove(ref);
                beginAlone(List.of(ref));
            } else {
                waiter.saw(ref, null);
            }
        }

        @Override
        public void synced() {
            trouble = null;
            List<ObjectRef> others = List.copyOf(unseen);
            unseen.clear();
            if (byLabels()) {
                others.forEach(refs::remove);
                Place.of(others).values().forEach(Lookout.this::beginAlone);
            } else {
                others.forEach(ref -> waiter.saw(ref, null));
            }
            closeIfDone();
        }

        private void closeIfDone() {
            if (refs.isEmpty()) {
                close();
            }
        }

        @Override
        public void lost(ApiException why) {
            if (why.status() == UNAUTHENTICATED) {
                throw Failures.of(why, "watch " + what, null);
            }
            trouble = why;
        }

        @Override
        public void failed(ApiException why) {
            close();
            if (what.namespace().isEmpty() && byLabels() && what.kind().namespaced()) {
                // Allowed in each namespace, perhaps.
                Place.of(refs).values().forEach(Lookout.this::beginPlace);
            } else {
                polled.addAll(refs);
                nextPoll = Deadline.after(Duration.ZERO);
            }
        }
    }
}
