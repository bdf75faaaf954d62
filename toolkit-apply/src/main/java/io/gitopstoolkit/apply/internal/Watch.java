package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sees what happens to the objects of one kind, from a list of them on and until it is closed: through connections that
 * the server ends or that break, restarts of the API server, and versions that it no longer has (410, answered by a new
 * list whose differences are told). No change is lost; of several in a row, the last is told.
 *
 * <p>Sends requests over the client of an {@link Api}: one for each page of the list, then one for each connection. While
 * it waits it holds no thread. What its listener has not heard yet is held once for each object, and when that is a
 * thousand objects nothing more is read from the server. A connection that died without a word is given up after some
 * minutes; over HTTP/2 the JDK's client sends the next request over the same one, until TCP gives it up as well, which
 * takes about 15 minutes. Safe between threads.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">Kubernetes:
 *     efficient detection of changes</a>
 */
public final class Watch implements AutoCloseable {
    private static final int GONE = 410;
    /** Not worth another try: they stay until somebody changes the cluster. */
    private static final Set<Integer> FINAL = Set.of(400, 403, 404, 405, 406, 415, 422);
    /** After so many failures in a row the version may be what the server does not like. */
    private static final int LIST_AFTER = 5;
    /** A connection that lasted so many first pauses was not refused, though nothing happened in it. */
    private static final int USEFUL_PAUSES = 50;

    private final Remote remote;
    private final Selection what;
    private final Pace pace;
    private final Executor executor;
    private final WatchEvents events;
    private final Mailbox mailbox;
    private final Known known = new Known();
    private final Object lock = new Object();
    private String version = "";
    private boolean isPaged = true;
    private boolean hasBookmarks;
    private boolean isLost;
    private boolean isClosed;
    private int failures;
    private @Nullable CompletableFuture<?> request;
    private @Nullable LineStream stream;
    private @Nullable Timer timer;

    private Watch(Remote remote, Selection what, Pace pace, Executor executor, WatchEvents events) {
        this.remote = remote;
        this.what = what;
        this.pace = pace;
        this.executor = executor;
        this.events = events;
        this.mailbox = new Mailbox(executor, events);
    }

    /**
     * Begins to watch, and returns at once.
     *
     * @param api over whose client; a request that is not answered within its limit has failed
     * @param executor runs the calls of {@code events}, and what a pause delayed; may be {@code Runnable::run}, which lets
     *     threads of the HTTP client do it, where {@code events} return soon
     */
    public static Watch start(Api api, Selection what, Pace pace, Executor executor, WatchEvents events) {
        var watch = new Watch(api.remote(), what, pace, executor, events);
        watch.list();
        return watch;
    }

    /** Whether it is connected, so that what happens is told at once. */
    public boolean isLive() {
        synchronized (lock) {
            return !isClosed && !isLost && stream != null;
        }
    }

    /** Ends it, its requests as well, at once. No event is told from now on but one that is being told. */
    @Override
    public void close() {
        LineStream open;
        CompletableFuture<?> sent;
        synchronized (lock) {
            isClosed = true;
            open = stream;
            sent = request;
            stream = null;
            request = null;
            setTimer(null);
        }
        mailbox.close();
        if (open != null) {
            open.cancel();
        }
        if (sent != null) {
            sent.cancel(true);
        }
    }

    private void list() {
        synchronized (lock) {
            known.beginList();
        }
        page("");
    }

    private void page(String token) {
        String path;
        synchronized (lock) {
            if (isClosed) {
                return;
            }
            setTimer(null);
            path = isPaged ? what.listPath(token) : what.listPath();
        }
        CompletableFuture<?> sent = remote.get(path, what.listAccept(), this::listed, this::listFailed);
        synchronized (lock) {
            request = sent;
            if (!isClosed) {
                return;
            }
        }
        sent.cancel(true);
    }

    private void listed(Map<String, @Nullable Object> page) {
        Tree.maps(page, "items").forEach(this::seen);
        String next = Tree.text(page, "", "metadata", "continue");
        if (!next.isEmpty()) {
            mailbox.whenRoom(() -> page(next));
            return;
        }
        synchronized (lock) {
            version = Tree.text(page, "", "metadata", "resourceVersion");
            isPaged = true;
            known.endList().forEach(mailbox::deleted);
        }
        connect();
    }

    private void listFailed(ApiException why) {
        if (why.status() == GONE) {
            // The list took longer than the server keeps what it began with.
            synchronized (lock) {
                isPaged = false;
            }
        }
        failed(why, this::list);
    }

    private void connect() {
        var next = new Connection();
        synchronized (lock) {
            if (isClosed) {
                return;
            }
            stream = next.lines;
            setTimer(new Timer(remote.limit(), next::check, executor));
        }
        next.lines.open(what.watchPath(version(), pace.nextLifetime()), what.watchAccept());
    }

    /** Tells that the connection is lost, if it does not know, and tries again after a pause; or gives up. */
    private void failed(ApiException why, Runnable again) {
        synchronized (lock) {
            stream = null;
            if (isClosed) {
                return;
            }
            if (FINAL.contains(why.status())) {
                isClosed = true;
                setTimer(null);
                mailbox.tell(() -> events.failed(why));
                return;
            }
            failures++;
            if (!isLost) {
                isLost = true;
                mailbox.tell(() -> events.lost(why));
            }
            Duration pause = pace.pause(failures);
            Duration asked = why.retryAfter().orElse(pause);
            setTimer(new Timer(asked.compareTo(pause) > 0 ? asked : pause, again, executor));
        }
    }

    /** Takes an object of the list, or of a change. */
    private void seen(Map<String, @Nullable Object> content) {
        Manifest object = typed(content);
        synchronized (lock) {
            if (!isClosed && known.add(object.ref(), Tree.text(content, "", "metadata", "resourceVersion"))) {
                mailbox.changed(object);
            }
        }
    }

    private void gone(Map<String, @Nullable Object> content) {
        Manifest object = typed(content);
        synchronized (lock) {
            if (known.remove(object.ref())) {
                mailbox.deleted(object.ref());
            }
        }
    }

    /** Items of a list come without their kind, and metadata with that of metadata. */
    private Manifest typed(Map<String, @Nullable Object> content) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("apiVersion", what.kind().apiVersion());
        object.put("kind", what.kind().name());
        if (what.metadataOnly()) {
            object.put("metadata", content.get("metadata"));
        } else {
            content.forEach(object::putIfAbsent);
        }
        return new Manifest(object);
    }

    private String version() {
        synchronized (lock) {
            return version;
        }
    }

    private void setTimer(@Nullable Timer next) {
        if (timer != null) {
            timer.cancel();
        }
        timer = next;
    }

    /** One connection, from its request to its end. */
    private final class Connection implements LineStream.Listener {
        private final LineStream lines = new LineStream(remote, this);
        private final long start = Deadline.Ticker.SYSTEM.nanos();
        private volatile boolean isOpen;
        private boolean isUseful;

        @Override
        public void opened() {
            isOpen = true;
            synchronized (lock) {
                if (stream != lines) {
                    return;
                }
                isLost = false;
                mailbox.tell(events::synced);
            }
        }

        @Override
        public void line(byte[] line) {
            var event = remote.parse(line);
            var object = Tree.map(event, "object");
            switch (Tree.text(event, "", "type")) {
                case "ADDED", "MODIFIED" -> seen(object);
                case "DELETED" -> gone(object);
                case "BOOKMARK" -> {}
                default -> throw refusal(object);
            }
            synchronized (lock) {
                hasBookmarks |= Tree.text(event, "", "type").equals("BOOKMARK");
                version = Tree.text(object, version, "metadata", "resourceVersion");
                failures = 0;
                isUseful = true;
            }
        }

        private ApiException refusal(Map<String, @Nullable Object> status) {
            return ApiException.refused(new Answer((int) Tree.number(status, 0, "code"), status), null);
        }

        @Override
        public void whenRoom(Runnable read) {
            mailbox.whenRoom(read);
        }

        @Override
        public void ended(@Nullable ApiException failure) {
            synchronized (lock) {
                if (stream != lines) {
                    return;
                }
                stream = null;
                isUseful |= Deadline.Ticker.SYSTEM.nanos() - start
                        > USEFUL_PAUSES * pace.first().toNanos();
                failures = isUseful ? 0 : failures;
            }
            if (failure == null && isUseful) {
                connect();
            } else if (failure == null) {
                broken(ApiException.unreachable("the server ended the watch at once", null));
            } else if (failure.status() == GONE) {
                failed(failure, Watch.this::list);
            } else {
                broken(failure);
            }
        }

        private void broken(ApiException why) {
            boolean lists;
            synchronized (lock) {
                lists = failures >= LIST_AFTER;
            }
            failed(why, lists ? Watch.this::list : Watch.this::connect);
        }

        /** Ends a connection on which nothing has come for too long, and looks again when that may be so. */
        void check() {
            long allowed = allowedSilence().toNanos();
            long silent = lines.silentNanos();
            synchronized (lock) {
                if (stream != lines) {
                    return;
                }
                if (silent < allowed) {
                    setTimer(new Timer(Duration.ofNanos(allowed - silent), this::check, executor));
                    return;
                }
            }
            lines.cancel();
            String how = isOpen ? "nothing came for " : "no answer within ";
            broken(ApiException.unreachable(how + Duration.ofNanos(allowed).toSeconds() + "s", null));
        }

        private Duration allowedSilence() {
            if (!isOpen) {
                return remote.limit();
            }
            synchronized (lock) {
                return hasBookmarks ? pace.silence() : pace.lifetime().dividedBy(3);
            }
        }
    }
}
