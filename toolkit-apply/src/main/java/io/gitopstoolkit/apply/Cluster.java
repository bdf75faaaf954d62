package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.PrunePolicy.Propagation;
import io.gitopstoolkit.apply.internal.Answer;
import io.gitopstoolkit.apply.internal.Api;
import io.gitopstoolkit.apply.internal.Api.Request;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Kinds;
import io.gitopstoolkit.apply.internal.Pace;
import io.gitopstoolkit.apply.internal.Selection;
import io.gitopstoolkit.apply.internal.Tree;
import io.gitopstoolkit.apply.internal.Watch;
import io.gitopstoolkit.apply.internal.WatchEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cluster as its owner sees it: one method for each request, whose errors are told in one sentence. */
final class Cluster {
    private static final int NOT_FOUND = 404;
    /** So many objects come in one answer of a list. */
    static final int PAGE = 500;

    private static final String WHOLE = "application/json";
    private static final String METADATA =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    private static final int SOME = 5;
    private static final String METADATA_OF_ONE =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private static final Duration DEFINITION_LIMIT = Duration.ofSeconds(30);
    private static final Duration SERVED_LIMIT = Duration.ofSeconds(10);
    private static final Duration DEFINITION_PAUSE = Duration.ofMillis(200);

    private final Api api;
    private final Kinds kinds;
    private final Owner owner;
    private final Memory memory = new Memory();
    private final Random random = new Random();
    private final AtomicLong kindsChanged = new AtomicLong();

    Cluster(Api api, Owner owner) {
        this.api = api;
        this.kinds = new Kinds(api);
        this.owner = owner;
    }

    Owner owner() {
        return owner;
    }

    /** What was seen of it before. */
    Memory memory() {
        return memory;
    }

    /** The kind in this version, if the cluster serves it. */
    Optional<Kind> kind(String apiVersion, String kind, Deadline deadline) {
        return discover(() -> kinds.find(apiVersion, kind, deadline));
    }

    /** The kind in the version that the cluster prefers, if it serves any. */
    Optional<Kind> kind(ObjectRef ref, Deadline deadline) {
        return discover(() -> kinds.preferred(ref.group(), ref.kind(), deadline));
    }

    /**
     * Waits until the kind of a definition is served, which comes a moment after it was established; not long, for a
     * definition can have no version that is served.
     */
    void untilServed(ObjectRef definition, Deadline deadline) {
        int dot = definition.name().indexOf('.');
        String plural = definition.name().substring(0, dot);
        String group = definition.name().substring(dot + 1);
        Deadline served = deadline.atMost(SERVED_LIMIT);
        while (!discover(() -> kinds.serves(group, plural, deadline))
                && served.remaining().compareTo(DEFINITION_PAUSE) > 0) {
            served.pause(DEFINITION_PAUSE, "wait for the API of " + definition);
        }
    }

    /** Does {@code work} again if it did nothing, for a definition was replaced, whose kind has another scope now. */
    <T> T withKindsAsTheyAre(Supplier<T> work) {
        long before = kindsChanged.get();
        try {
            return work.get();
        } catch (ApplyException e) {
            if (kindsChanged.get() == before || !e.isOfUnknownKind()) {
                throw e;
            }
            return work.get();
        }
    }

    /** Whether a kind that was not found may be there all the same, because its server did not answer. */
    boolean mayHideKinds() {
        return kinds.isIncomplete();
    }

    /** Watches the metadata of the objects of a kind that carry the owner's labels; all that {@code events} do is brief. */
    Watch watch(Kind kind, String namespace, Pace pace, WatchEvents events) {
        Selection owned = Selection.of(kind, namespace).labelled(owner.labels()).ofMetadata();
        return Watch.start(api, owned, pace, Runnable::run, events);
    }

    /** What applying would make of the object; nothing is written. */
    Answer dryRun(Target target, Deadline deadline) {
        return apply(target, "&dryRun=All", deadline);
    }

    /** Applies the object, and takes over fields that others own. */
    Answer apply(Target target, Deadline deadline) {
        return apply(target, "", deadline);
    }

    private Answer apply(Target target, String query, Deadline deadline) {
        String path = target.kind().path(target.ref()) + "?force=true&fieldManager=" + Kind.escape(owner.fieldManager())
                + query;
        var request = Request.apply(path, target.manifest().content());
        Deadline served = deadline.atMost(DEFINITION_LIMIT);
        while (true) {
            try {
                return api.send(request, deadline);
            } catch (ApiException e) {
                boolean unserved = e.status() == NOT_FOUND && e.aboutKind().isEmpty();
                if (unserved) {
                    kindsChanged.incrementAndGet();
                    kinds.forget();
                }
                // A definition that has just been established is not served by every API server at once.
                if (!unserved || !target.declared() || served.remaining().isZero()) {
                    throw Failures.of(e, target.ref().toString(), target.manifest());
                }
                deadline.pause(DEFINITION_PAUSE, "wait for the API of " + target.ref());
            }
        }
    }

    /**
     * Watches objects; the caller closes it.
     *
     * @param longestPause between two tries where the watch is lost
     * @param executor runs what {@code events} hear
     */
    Watch watch(Selection what, Duration longestPause, Executor executor, WatchEvents events) {
        Pace usual = Pace.usual(random);
        var pace = new Pace(usual.first(), longestPause, usual.silence(), usual.lifetime(), random);
        return Watch.start(api, what, pace, executor, events);
    }

    /**
     * Some objects of a kind.
     *
     * @param query with a limit; nothing is asked for beyond it
     * @throws ApiException if the server refuses it, or cannot be reached
     */
    List<Manifest> some(Kind kind, String namespace, String query, Deadline deadline) {
        var page = api.send(Request.get(kind.path(namespace) + '?' + query), deadline)
                .body();
        return Tree.maps(page, "items").stream().map(item -> typed(kind, item)).toList();
    }

    /**
     * What is at {@code path} as text.
     *
     * @throws ApiException if the server refuses it, or cannot be reached
     */
    String text(String path, Deadline deadline) {
        return api.text(Request.get(path).accepting("*/*"), deadline);
    }

    /** The object, if it is there. */
    Optional<Manifest> get(Kind kind, ObjectRef ref, Deadline deadline) {
        return get(kind, ref, WHOLE, deadline);
    }

    /** The object's metadata alone, if it is there. */
    Optional<Manifest> metadata(Kind kind, ObjectRef ref, Deadline deadline) {
        return get(kind, ref, METADATA_OF_ONE, deadline);
    }

    private Optional<Manifest> get(Kind kind, ObjectRef ref, String form, Deadline deadline) {
        try {
            var request = Request.get(kind.path(ref)).accepting(form);
            return Optional.of(typed(kind, api.send(request, deadline).body()));
        } catch (ApiException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw Failures.of(e, ref.toString(), null);
        }
    }

    /** The objects of a kind in a namespace that carry the owner's labels, by name; empty where listing is forbidden. */
    Map<String, Manifest> owned(Kind kind, String namespace, Deadline deadline) {
        var found = new LinkedHashMap<String, Manifest>();
        list(kind, namespace, ownedQuery(), WHOLE, deadline)
                .orElse(List.of())
                .forEach(object -> found.put(object.ref().name(), object));
        return found;
    }

    /**
     * The objects of a kind that carry the owner's labels, each with its metadata alone; nothing where listing is
     * forbidden.
     *
     * @param namespace empty for the whole cluster
     */
    Optional<List<Manifest>> ownedMetadata(Kind kind, String namespace, Deadline deadline) {
        return list(kind, namespace, ownedQuery(), METADATA, deadline);
    }

    /** The same for all objects of a kind in a namespace, whoever owns them. */
    Optional<List<Manifest>> metadata(Kind kind, String namespace, Deadline deadline) {
        return list(kind, namespace, "", METADATA, deadline);
    }

    /** The objects of a kind in a namespace that a selector of labels finds, each with its metadata alone. */
    List<Manifest> labelled(Kind kind, String namespace, String selector, Deadline deadline) {
        String query = "&labelSelector=" + Kind.escape(selector);
        try {
            return pages(kind.path(namespace), query, METADATA, deadline).stream()
                    .map(item -> typed(kind, item))
                    .toList();
        } catch (ApiException e) {
            throw Failures.of(e, "list " + kind.plural() + " in " + namespace, null);
        }
    }

    /**
     * The objects of a kind with a label; nothing where listing is forbidden.
     *
     * @param namespace empty for the whole cluster
     */
    Optional<List<Manifest>> listed(Kind kind, String namespace, String label, Deadline deadline) {
        return list(kind, namespace, "&labelSelector=" + Kind.escape(label), WHOLE, deadline);
    }

    private String ownedQuery() {
        String selector = owner.labels().entrySet().stream()
                .map(label -> label.getKey() + '=' + label.getValue())
                .collect(Collectors.joining(","));
        return "&labelSelector=" + Kind.escape(selector);
    }

    private Optional<List<Manifest>> list(Kind kind, String namespace, String query, String form, Deadline deadline) {
        try {
            return Optional.of(pages(kind.path(namespace), query, form, deadline).stream()
                    .map(item -> typed(kind, item))
                    .toList());
        } catch (ApiException e) {
            if (e.status() == ApiException.NO_ANSWER || e.status() == 401) {
                throw Failures.of(e, "list " + kind.plural(), null);
            }
            return Optional.empty(); // forbidden, or expired in the middle: the caller gets each object by itself
        }
    }

    private List<Map<String, @Nullable Object>> pages(String path, String query, String form, Deadline deadline) {
        String list = path + "?limit=" + PAGE + query;
        var items = new ArrayList<Map<String, @Nullable Object>>();
        String next = "";
        do {
            var page =
                    api.send(Request.get(list + next).accepting(form), deadline).body();
            items.addAll(Tree.maps(page, "items"));
            String token = Tree.text(page, "", "metadata", "continue");
            next = token.isEmpty() ? "" : "&continue=" + Kind.escape(token);
        } while (!next.isEmpty());
        return items;
    }

    /** Changes the object by a merge patch. */
    void patch(Kind kind, ObjectRef ref, Map<String, @Nullable Object> patch, Deadline deadline) {
        String path = kind.path(ref) + "?fieldManager=" + Kind.escape(owner.fieldManager());
        try {
            api.send(Request.mergePatch(path, patch), deadline);
        } catch (ApiException e) {
            throw Failures.of(e, ref.toString(), null);
        }
    }

    /**
     * Deletes the object as it was seen: one that has changed since is a conflict.
     *
     * @return what is left of it where it is held, by a finalizer or for a time of grace
     */
    Optional<Manifest> delete(Kind kind, Manifest live, Propagation propagation, Deadline deadline) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("apiVersion", "v1");
        body.put("kind", "DeleteOptions");
        body.put("propagationPolicy", propagation.word());
        body.put(
                "preconditions",
                Map.of(
                        "uid", Tree.text(live.content(), "", "metadata", "uid"),
                        "resourceVersion", Tree.text(live.content(), "", "metadata", "resourceVersion")));
        try {
            var answer = api.send(Request.of("DELETE", kind.path(live.ref()), body), deadline)
                    .body();
            return Tree.text(answer, "", "metadata", "deletionTimestamp").isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Manifest(answer));
        } catch (ApiException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw Failures.of(e, live.ref().toString(), null);
        }
    }

    /** Some objects of the kind, in the whole cluster, that do not carry the owner's labels; none where listing is forbidden. */
    List<ObjectRef> strangers(Kind kind, Deadline deadline) {
        var found = new ArrayList<ObjectRef>();
        String excluding = "";
        for (var label : owner.labels().entrySet()) {
            String selector = excluding + label.getKey() + "!=" + label.getValue();
            excluding = label.getKey() + '=' + label.getValue() + ',';
            String path = kind.path("") + "?limit=" + SOME + "&labelSelector=" + Kind.escape(selector);
            try {
                Tree.maps(api.send(Request.get(path), deadline).body(), "items")
                        .forEach(item -> found.add(typed(kind, item).ref()));
            } catch (ApiException e) {
                if (e.status() != 403 && e.status() != NOT_FOUND) {
                    throw Failures.of(e, "list " + kind.plural(), null);
                }
            }
        }
        return found;
    }

    /** Creates the object, or replaces the one whose resource version it holds; returns it as it is then. */
    Manifest put(Kind kind, Manifest object, Deadline deadline) {
        boolean isNew =
                Tree.text(object.content(), "", "metadata", "resourceVersion").isEmpty();
        String manager = "?fieldManager=" + Kind.escape(owner.fieldManager());
        String path = isNew ? kind.path(object.ref().namespace()) : kind.path(object.ref());
        try {
            var request = Request.of(isNew ? "POST" : "PUT", path + manager, object.content());
            return new Manifest(api.send(request, deadline).body());
        } catch (ApiException e) {
            throw Failures.of(e, object.ref().toString(), null);
        }
    }

    /** For an inventory in a status. */
    StatusFields statusFields() {
        return new StatusFields(api, owner);
    }

    private static <T> T discover(Supplier<T> question) {
        try {
            return question.get();
        } catch (ApiException e) {
            throw Failures.of(e, "ask for the kinds of the cluster", null);
        }
    }

    /** Items of a list come without their kind, or where their metadata were asked for, with that of these. */
    private static Manifest typed(Kind kind, Map<String, @Nullable Object> item) {
        var typed = new LinkedHashMap<String, @Nullable Object>();
        typed.putAll(item);
        typed.put("apiVersion", kind.apiVersion());
        typed.put("kind", kind.name());
        return new Manifest(typed);
    }

    /** The names in a list, for a message: at most ten, then how many more. */
    static String names(Collection<?> refs) {
        var some = new ArrayList<String>();
        refs.stream().limit(10).forEach(ref -> some.add(String.valueOf(ref)));
        return String.join(", ", some) + (refs.size() > 10 ? " and " + (refs.size() - 10) + " more" : "");
    }
}
