package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks at objects until all are healthy. Only those that were not are looked at again. One for each wait. */
final class Waiter {
    /** From so many objects of a kind in a namespace, they are listed. */
    private static final int WORTH_A_LIST = 3;

    private static final Duration FIRST_INTERVAL = Duration.ofMillis(100);

    private final Cluster cluster;
    private final Options options;
    private final Set<ObjectRef> goesAway = new HashSet<>();

    Waiter(Cluster cluster, Options options) {
        this.cluster = cluster;
        this.options = options;
    }

    private record Place(String group, String kind, String namespace) {
        static Place of(ObjectRef ref) {
            return new Place(ref.group(), ref.kind(), ref.namespace());
        }
    }

    /** Waits; returns the last health of each, in order. */
    Map<ObjectRef, Health> await(Collection<ObjectRef> refs, Deadline deadline) {
        var seen = new LinkedHashMap<ObjectRef, Health>();
        Duration interval = least(FIRST_INTERVAL);
        look(new TreeSet<>(refs), seen, deadline);
        while (true) {
            Map<ObjectRef, Health> pending = pending(seen);
            if (pending.isEmpty()) {
                return seen;
            }
            boolean failed = pending.values().stream().anyMatch(health -> health.state() == State.FAILED);
            if (failed && options.failFast()) {
                throw notHealthy("failed", pending);
            }
            try {
                deadline.pause(interval, "wait for " + Cluster.names(List.copyOf(pending.keySet())));
                look(pending.keySet(), seen, deadline);
            } catch (DeadlineException e) {
                throw e.why() == DeadlineException.Reason.TIMEOUT
                        ? notHealthy("not healthy in time", pending(seen))
                        : e;
            }
            interval = least(interval.multipliedBy(2));
        }
    }

    /** One look at each; nothing is waited for. */
    Map<ObjectRef, Health> look(Collection<ObjectRef> refs, Deadline deadline) {
        var seen = new LinkedHashMap<ObjectRef, Health>();
        look(refs, seen, deadline);
        return seen;
    }

    private Duration least(Duration interval) {
        return interval.compareTo(options.pollInterval()) < 0 ? interval : options.pollInterval();
    }

    private void look(Collection<ObjectRef> refs, Map<ObjectRef, Health> seen, Deadline deadline) {
        Map<Place, List<ObjectRef>> places =
                refs.stream().collect(Collectors.groupingBy(Place::of, LinkedHashMap::new, Collectors.toList()));
        for (List<ObjectRef> same : places.values()) {
            Kind kind = cluster.kind(same.get(0), deadline)
                    .orElseThrow(() -> new Failure(
                            Reason.UNKNOWN_KIND,
                            same.get(0) + ": the cluster does not know this kind; install its definition"));
            Map<String, Manifest> listed = same.size() < WORTH_A_LIST
                    ? Map.of()
                    : cluster.owned(kind, same.get(0).namespace(), deadline);
            for (ObjectRef ref : same) {
                Health health = Optional.ofNullable(listed.get(ref.name()))
                        .or(() -> cluster.get(kind, ref, deadline))
                        .map(live -> judge(ref, live))
                        .orElseGet(() -> absent(ref));
                if (!health.equals(seen.put(ref, health))) {
                    options.listener().onHealth(ref, health);
                }
            }
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

    private static Map<ObjectRef, Health> pending(Map<ObjectRef, Health> seen) {
        var pending = new LinkedHashMap<>(seen);
        pending.values().removeIf(Health::isCurrent);
        return pending;
    }

    private static Failure notHealthy(String how, Map<ObjectRef, Health> pending) {
        List<String> each = pending.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
        return Failure.notHealthy(how + ": " + Cluster.names(each), pending);
    }
}
