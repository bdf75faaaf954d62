package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.http.EventStream;
import io.gitopstoolkit.testkit.internal.http.HttpExchange;
import io.gitopstoolkit.testkit.internal.http.HttpResponse;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.server.Store.Change;
import io.gitopstoolkit.testkit.internal.server.Store.Happening;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Streams changes to clients, from a version or from now on. */
final class Watches {
    private static final long LONGEST_SECONDS = 30 * 60;
    private static final long BOOKMARK_EVERY_SECONDS = 60;

    private final Store store;
    private final Executor threads;
    private final Representation.Forms forms;

    Watches(Store store, Executor threads, Representation.Forms forms) {
        this.store = store;
        this.threads = threads;
        this.forms = forms;
    }

    /** Streams until the client goes, the time is over, or the server closes. */
    void watch(ApiRequest request, HttpExchange exchange) throws IOException {
        ListOptions options = ListOptions.of(request, true);
        var watch = new Watch(request, options, exchange, new LinkedBlockingQueue<>());
        Consumer<Change> consumer = change -> watch.queue.add(Optional.of(change));
        boolean sendsStart = options.sendsInitialEvents();
        long since;
        try {
            since = options.version();
        } catch (ApiException e) {
            throw ApiException.internal(String.valueOf(e.getMessage()).replace("invalid resource version: ", ""));
        }
        List<Map<String, Object>> start;
        List<Change> missed;
        long version;
        synchronized (store) {
            start = sendsStart ? store.list(request.resource(), request.namespace()) : List.of();
            version = sendsStart || since == 0 ? store.version() : since;
            missed = store.watch(version, consumer);
        }
        try {
            watch.run(start, missed, version);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            store.unwatch(consumer);
        }
    }

    /** One client's watch. An empty entry in its queue says that the client has gone. */
    private final class Watch {
        private final ApiRequest request;
        private final ListOptions options;
        private final HttpExchange exchange;
        private final BlockingQueue<Optional<Change>> queue;
        private final Predicate<Map<String, Object>> selected;
        private final Representation representation;

        Watch(ApiRequest request, ListOptions options, HttpExchange exchange, BlockingQueue<Optional<Change>> queue) {
            this.request = request;
            this.options = options;
            this.exchange = exchange;
            this.queue = queue;
            this.representation = Representation.of(request, forms);
            this.selected = Selectors.of(request).and(this::isInNamespace);
        }

        private boolean isInNamespace(Map<String, Object> object) {
            String namespace = request.namespace();
            return namespace.isEmpty()
                    || Tree.text(object, "metadata", "namespace").equals(namespace);
        }

        void run(List<Map<String, Object>> start, @Nullable List<Change> missed, long version)
                throws IOException, InterruptedException {
            EventStream stream = exchange.stream(Deprecations.warned(
                    new HttpResponse(200, "application/json", ""), Deprecations.of(request.resource())));
            if (missed == null) {
                ApiException expired =
                        ApiException.expired("too old resource version: " + version + " (" + store.version() + ")");
                stream.send(event("ERROR", expired.status()));
                stream.end();
                return;
            }
            threads.execute(() -> awaitClose(stream));
            for (Map<String, Object> object : start) {
                if (selected.test(object)) {
                    stream.send(event("ADDED", seen(object)));
                }
            }
            if (options.sendsInitialEvents() && request.flag("allowWatchBookmarks")) {
                stream.send(bookmark(version, true));
            }
            for (Change change : missed) {
                send(stream, change);
            }
            forward(stream);
        }

        private void awaitClose(EventStream stream) {
            try {
                stream.awaitClientClose();
            } catch (IOException e) {
                // Gone without a word, which is the same.
            } finally {
                queue.add(Optional.empty());
            }
        }

        private void forward(EventStream stream) throws IOException, InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds());
            long left = end - System.nanoTime();
            while (left > 0) {
                long wait = Math.min(left, TimeUnit.SECONDS.toNanos(BOOKMARK_EVERY_SECONDS));
                Optional<Change> next = queue.poll(wait, TimeUnit.NANOSECONDS);
                if (next != null && next.isEmpty()) {
                    return;
                }
                if (next != null) {
                    send(stream, next.get());
                } else if (request.flag("allowWatchBookmarks") && wait < left) {
                    stream.send(bookmark(store.version(), false));
                }
                left = end - System.nanoTime();
            }
            stream.end();
        }

        private long seconds() {
            try {
                return Long.parseLong(request.parameter("timeoutSeconds"));
            } catch (NumberFormatException e) {
                return LONGEST_SECONDS;
            }
        }

        /** What leaves the selection is deleted, and what enters it is added, as far as this client can tell. */
        private void send(EventStream stream, Change change) throws IOException {
            if (!change.resource().storageKey().equals(request.resource().storageKey())) {
                return;
            }
            boolean was = change.before() != null && selected.test(change.before());
            boolean is = change.happening() != Happening.DELETED && selected.test(change.object());
            if (is) {
                stream.send(event(was ? "MODIFIED" : "ADDED", seen(change.object())));
            } else if (was) {
                stream.send(event("DELETED", seen(lastSelected(change))));
            }
        }

        /** What the client sees last of an object: the object itself, or what it was while it was selected. */
        private static Map<String, Object> lastSelected(Change change) {
            Map<String, Object> before = change.before();
            if (change.happening() == Happening.DELETED || before == null) {
                return change.object();
            }
            Map<String, Object> last = Tree.copy(before);
            Tree.child(last, "metadata").put("resourceVersion", Long.toString(change.version()));
            return last;
        }

        private Map<String, Object> seen(Map<String, Object> object) {
            return ObjectForm.seen(request.resource(), object);
        }

        private String event(String type, Map<String, Object> object) {
            return Json.print(Tree.of("type", type, "object", representation.show(object)));
        }

        private String bookmark(long version, boolean endsStart) {
            Map<String, Object> metadata = Tree.of("resourceVersion", Long.toString(version));
            if (endsStart) {
                Map<String, Object> annotations = Tree.of("k8s.io/initial-events-end", "true");
                if (request.resource().is("apps", "daemonsets")) {
                    annotations.put(KindRules.TEMPLATE_GENERATION, "0");
                }
                metadata.put("annotations", annotations);
            }
            Resource resource = request.resource();
            Map<String, Object> object = resource.isCustom()
                    ? ObjectForm.empty(resource)
                    : ObjectForm.withoutDefaults(resource, Tree.of("metadata", metadata));
            object.put("metadata", metadata);
            return event("BOOKMARK", object);
        }
    }
}
