package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at objects until all are healthy: at a few by themselves, at many by a list, and at those that are not healthy yet
 * by watches. It holds the health of each and no object. One for each wait, by one thread.
 */
final class Waiter {
    /** From so many objects of a kind in a namespace, they are listed. */
    private static final int WORTH_A_LIST = 3;

    private final Cluster cluster;
    private final Options options;
    private final Map<ObjectRef, Health> seen = new TreeMap<>();
    private final Set<ObjectRef> pending = new TreeSet<>();
    private final Set<ObjectRef> failed = new HashSet<>();
    private final Set<ObjectRef> goesAway = new HashSet<>();

    Waiter(Cluster cluster, Options options) {
        this.cluster = cluster;
        this.options = options;
    }

    /** Where objects are listed and watched together. */
    record Place(String group, String kind, String namespace) {
        static Place of(ObjectRef ref) {
            return new Place(ref.group(), ref.kind(), ref.namespace());
        }

        static Map<Place, List<ObjectRef>> of(Collection<ObjectRef> refs) {
            return refs.stream().collect(Collectors.groupingBy(Place::of, LinkedHashMap::new, Collectors.toList()));
        }
    }

    /** Waits; returns the last health of each, in order. */
    Map<ObjectRef, Health> await(Collection<ObjectRef> refs, Deadline deadline) {
        pending.addAll(refs);
        try (var lookout = new Lookout(cluster, this, options.pollInterval())) {
            try {
                lookout.begin(List.copyOf(pending), deadline);
                while (!isSettled()) {
                    lookout.step("wait for " + names(), deadline);
                }
            } catch (DeadlineException e) {
                throw e.why() == DeadlineException.Reason.TIMEOUT ? late(lookout.trouble()) : e;
            }
        }
        if (!pending.isEmpty()) {
            throw notHealthy("failed");
        }
        for (ObjectRef ref : refs) {
            if (ref.kind().equals("CustomResourceDefinition")) {
                cluster.untilServed(ref, deadline);
            }
        }
        return new LinkedHashMap<>(seen);
    }

    /** One look at each; nothing is waited for. */
    Map<ObjectRef, Health> look(Collection<ObjectRef> refs, Deadline deadline) {
        pending.addAll(refs);
        lookAt(List.copyOf(pending), deadline);
        return new LinkedHashMap<>(seen);
    }

    /** Done; or, as in Flux, nothing can be done: all that is not healthy has failed, or one has and that is enough. */
    private boolean isSettled() {
        return pending.isEmpty() || (!failed.isEmpty() && (options.failFast() || failed.size() == pending.size()));
    }

    /** Asks for each, now. */
    void lookAt(Collection<ObjectRef> refs, Deadline deadline) {
        for (List<ObjectRef> same : Place.of(refs).values()) {
            Kind kind = kind(same.get(0), deadline);
            Map<String, Manifest> listed =
                    isWorthAList(same) ? cluster.owned(kind, same.get(0).namespace(), deadline) : Map.of();
            for (ObjectRef ref : same) {
                Optional<Manifest> live = Optional.ofNullable(listed.get(ref.name()));
                saw(ref, live.or(() -> cluster.get(kind, ref, deadline)).orElse(null));
            }
        }
    }

    static boolean isWorthAList(Collection<ObjectRef> same) {
        return same.size() >= WORTH_A_LIST;
    }

    Kind kind(ObjectRef ref, Deadline deadline) {
        return cluster.kind(ref, deadline)
                .orElseThrow(() -> new Failure(
                        Reason.UNKNOWN_KIND, ref + ": the cluster does not know this kind; install its definition"));
    }

    boolean isPending(ObjectRef ref) {
        return pending.contains(ref);
    }

    /**
     * Takes an object as it is.
     *
     * @param live null where it is not there
     */
    void saw(ObjectRef ref, @Nullable Manifest live) {
        Health health = live == null ? absent(ref) : judge(ref, live);
        put(pending, ref, !health.isCurrent());
        put(failed, ref, health.state() == State.FAILED);
        if (!health.equals(seen.put(ref, health))) {
            options.listener().onHealth(ref, health);
        }
    }

    private static void put(Set<ObjectRef> set, ObjectRef ref, boolean in) {
        if (in) {
            set.add(ref);
        } else {
            set.remove(ref);
        }
    }

    private Health absent(ObjectRef ref) {
        return goesAway.contains(ref)
                ? Health.current("finished, and deleted after its time to live")
                : new Health(State.NOT_FOUND, "not in the cluster");
    }

    private Health judge(ObjectRef ref, Manifest live) {
        if (ref.kind().equals("Job") && Tree.at(live.content(), "spec", "ttlSecondsAfterFinished") != null) {
            goesAway.add(ref);
        }
        return options.healthCheck().check(live);
    }

    private String names() {
        return Cluster.names(pending);
    }

    private Failure late(@Nullable ApiException trouble) {
        if (trouble != null && seen.isEmpty()) {
            return Failures.of(trouble, "wait for " + names(), null);
        }
        String lost = trouble == null ? "" : ", and the API server does not answer (" + trouble.getMessage() + ')';
        return notHealthy("not healthy in time" + lost);
    }

    private Failure notHealthy(String how) {
        var unhealthy = new LinkedHashMap<ObjectRef, Health>();
        pending.forEach(ref -> unhealthy.put(ref, seen.getOrDefault(ref, Health.inProgress("not looked at yet"))));
        List<String> each = unhealthy.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
        return Failure.notHealthy(how + ": " + Cluster.names(each), unhealthy).because(explain());
    }

    private Explanation explain() {
        Inquiry inquiry = options.inquiry();
        return inquiry.limit().isZero()
                ? Explanation.NONE
                : new Explainer(cluster, options, Deadline.after(inquiry.limit())).explain(pending);
    }
}
