package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a watch has seen and its listener has not heard yet: one entry for each object, however often it changes. Safe
 * between threads.
 */
final class Mailbox {
    private static final int ROOM = 1_000;

    private final Executor executor;
    private final WatchEvents events;
    private final Object lock = new Object();
    private Map<ObjectRef, Letter> letters = new LinkedHashMap<>();
    private @Nullable Runnable news;
    private @Nullable Runnable reader;
    private boolean isDelivering;
    private boolean isClosed;

    Mailbox(Executor executor, WatchEvents events) {
        this.executor = executor;
        this.events = events;
    }

    /** The last state of an object; null where it is gone. */
    private record Letter(ObjectRef ref, @Nullable Manifest object) {}

    void changed(Manifest object) {
        put(new Letter(object.ref(), object));
    }

    void deleted(ObjectRef ref) {
        put(new Letter(ref, null));
    }

    /** Tells of the watch itself, after all that was seen before; of several untold ones, the last. */
    void tell(Runnable about) {
        synchronized (lock) {
            news = about;
        }
        deliver();
    }

    private void put(Letter letter) {
        synchronized (lock) {
            letters.put(letter.ref(), letter);
        }
        deliver();
    }

    /** Runs {@code read}, which brings more: at once, or when there is room for it. */
    void whenRoom(Runnable read) {
        synchronized (lock) {
            if (letters.size() >= ROOM) {
                reader = read;
                return;
            }
        }
        read.run();
    }

    /** Nothing is told from now on. */
    void close() {
        synchronized (lock) {
            isClosed = true;
            letters = new LinkedHashMap<>();
            news = null;
            reader = null;
        }
    }

    private void deliver() {
        synchronized (lock) {
            if (isDelivering || isClosed) {
                return;
            }
            isDelivering = true;
        }
        executor.execute(this::run);
    }

    private void run() {
        boolean more = true;
        while (more) {
            boolean done = false;
            try {
                more = deliverSome();
                done = true;
            } finally {
                if (!done) {
                    stop(); // a listener that throws ends this round, and not the watch
                }
            }
        }
    }

    private void stop() {
        synchronized (lock) {
            isDelivering = false;
        }
    }

    private boolean deliverSome() {
        List<Letter> some;
        Runnable last;
        Runnable read;
        synchronized (lock) {
            if (isClosed || (letters.isEmpty() && news == null && reader == null)) {
                isDelivering = false;
                return false;
            }
            some = new ArrayList<>(letters.values());
            letters = new LinkedHashMap<>();
            last = news;
            news = null;
            read = reader;
            reader = null;
        }
        some.forEach(this::deliver);
        run(last);
        run(read);
        return true;
    }

    private void deliver(Letter letter) {
        if (isClosed()) {
            return;
        }
        if (letter.object() == null) {
            events.deleted(letter.ref());
        } else {
            events.changed(letter.object());
        }
    }

    private void run(@Nullable Runnable task) {
        if (task != null && !isClosed()) {
            task.run();
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return isClosed;
        }
    }
}
