package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.Explanation.Condition;
import io.gitopstoolkit.apply.Explanation.Container;
import io.gitopstoolkit.apply.Explanation.Finding;
import io.gitopstoolkit.apply.Explanation.Occurrence;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows objects that are not healthy down to the Pods, events and lines that say why. One for each explanation. */
final class Explainer {
    private static final int MOST_OBJECTS = 10;
    private static final int MOST_PARTS = 3;
    private static final int MOST_EVENTS = 5;
    private static final int MOST_LISTED = 50;
    private static final int MOST_CONDITIONS = 20;
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final Set<String> WORKLOADS = Set.of("ReplicaSet", "StatefulSet", "DaemonSet", "Job");

    private final Questions questions;
    private final Options options;

    Explainer(Cluster cluster, Options options, Deadline deadline) {
        this.questions = new Questions(cluster, deadline);
        this.options = options;
    }

    /** Explains those of the objects that are not healthy, the first ten of them. */
    Explanation explain(Collection<ObjectRef> refs) {
        var findings = new ArrayList<Finding>();
        for (ObjectRef ref : new TreeSet<>(refs)) {
            if (findings.size() == MOST_OBJECTS) {
                questions.note("only the first " + MOST_OBJECTS + " objects that are not healthy are explained");
                break;
            }
            questions
                    .object(ref)
                    .map(live -> find(live, options.healthCheck().check(live)))
                    .or(() -> Optional.of(absent(ref)))
                    .filter(finding -> !finding.health().isCurrent())
                    .ifPresent(findings::add);
        }
        return new Explanation(findings, questions.notes());
    }

    private static Finding absent(ObjectRef ref) {
        Health health = new Health(State.NOT_FOUND, "not in the cluster, or not to be seen");
        return new Finding(ref, health, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private Finding find(Manifest live, Health health) {
        if (health.isCurrent()) {
            return new Finding(live.ref(), health, List.of(), List.of(), List.of(), List.of(), List.of());
        }
        List<Condition> conditions = conditions(live);
        List<Container> containers = containers(live);
        List<Occurrence> events = events(live);
        List<String> hints = Hints.of(live, conditions, containers, events);
        return new Finding(live.ref(), health, hints, conditions, containers, events, parts(live));
    }

    private List<Finding> parts(Manifest live) {
        String kind = live.kind();
        if (kind.equals("Deployment")) {
            return found(madeBy(live, "apps/v1", "ReplicaSet").stream()
                    .sorted(Comparator.comparingLong(Explainer::revision).reversed())
                    .limit(1));
        }
        if (WORKLOADS.contains(kind)) {
            return found(madeBy(live, "v1", "Pod").stream());
        }
        return kind.equals("Pod") && live.ref().group().isEmpty() ? found(claims(live)) : List.of();
    }

    private List<Finding> found(Stream<Manifest> parts) {
        return parts
                .map(part -> Map.entry(part, options.healthCheck().check(part)))
                .filter(entry -> !entry.getValue().isCurrent())
                .limit(MOST_PARTS)
                .toList()
                .stream()
                .map(entry -> find(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static long revision(Manifest replicaSet) {
        String text = Tree.text(replicaSet.content(), "0", "metadata", "annotations", REVISION);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** What names the object as its owner, of those that its selector chooses. */
    private List<Manifest> madeBy(Manifest owner, String apiVersion, String kind) {
        Map<String, @Nullable Object> labels = Tree.map(owner.content(), "spec", "selector", "matchLabels");
        String selector = labels.entrySet().stream()
                .map(label -> label.getKey() + '=' + label.getValue())
                .collect(Collectors.joining(","));
        String uid = uid(owner);
        return questions
                .objects(
                        apiVersion,
                        kind,
                        owner.ref().namespace(),
                        "limit=" + MOST_LISTED + "&labelSelector=" + Kind.escape(selector))
                .stream()
                .filter(part -> Tree.maps(part.content(), "metadata", "ownerReferences").stream()
                        .anyMatch(reference -> Tree.text(reference, "", "uid").equals(uid)))
                .toList();
    }

    private Stream<Manifest> claims(Manifest pod) {
        return Tree.maps(pod.content(), "spec", "volumes").stream()
                .map(volume -> Tree.text(volume, "", "persistentVolumeClaim", "claimName"))
                .filter(name -> !name.isEmpty())
                .limit(MOST_PARTS)
                .flatMap(
                        name -> questions
                                .object(
                                        "v1",
                                        new ObjectRef(
                                                "",
                                                "PersistentVolumeClaim",
                                                pod.ref().namespace(),
                                                name))
                                .stream());
    }

    private static String uid(Manifest object) {
        return Tree.text(object.content(), "", "metadata", "uid");
    }

    private static List<Condition> conditions(Manifest live) {
        return Tree.maps(live.content(), "status", "conditions").stream()
                .limit(MOST_CONDITIONS)
                .map(condition -> new Condition(
                        Tree.text(condition, "", "type"),
                        Tree.text(condition, "", "status"),
                        Tree.text(condition, "", "reason"),
                        Tree.text(condition, "", "message")))
                .toList();
    }

    private List<Occurrence> events(Manifest live) {
        String namespace =
                live.ref().namespace().isEmpty() ? "default" : live.ref().namespace();
        String query = "limit=" + MOST_LISTED + "&fieldSelector=" + Kind.escape("involvedObject.uid=" + uid(live));
        return questions.objects("v1", "Event", namespace, query).stream()
                .map(Manifest::content)
                .map(event -> new Occurrence(
                        Tree.text(event, "Normal", "type"),
                        Tree.text(event, "", "reason"),
                        Tree.text(event, "", "message").strip(),
                        Math.max(1, Math.max(Tree.number(event, 1, "count"), Tree.number(event, 1, "series", "count"))),
                        lastSeen(event)))
                .sorted(Comparator.comparing(Occurrence::lastSeen).reversed())
                .limit(MOST_EVENTS)
                .toList();
    }

    private static String lastSeen(Map<String, @Nullable Object> event) {
        return Stream.of(
                        Tree.text(event, "", "series", "lastObservedTime"),
                        Tree.text(event, "", "lastTimestamp"),
                        Tree.text(event, "", "eventTime"),
                        Tree.text(event, "", "metadata", "creationTimestamp"))
                .filter(time -> !time.isEmpty())
                .findFirst()
                .orElse("");
    }

    private List<Container> containers(Manifest live) {
        if (!live.kind().equals("Pod") || !live.ref().group().isEmpty()) {
            return List.of();
        }
        var logs = new PodLogs(questions, live);
        return Stream.of("initContainerStatuses", "containerStatuses")
                .flatMap(field -> Tree.maps(live.content(), "status", field).stream())
                .map(status -> container(status, logs))
                .toList();
    }

    private Container container(Map<String, @Nullable Object> status, PodLogs logs) {
        String name = Tree.text(status, "", "name");
        String state = Stream.of("terminated", "running", "waiting")
                .filter(one -> Tree.at(status, "state", one) != null)
                .findFirst()
                .orElse("waiting");
        Map<String, @Nullable Object> ended = Tree.map(status, "state", "terminated");
        if (ended.isEmpty()) {
            ended = Tree.map(status, "lastState", "terminated");
        }
        Integer exitCode = ended.isEmpty() ? null : (int) Tree.number(ended, 0, "exitCode");
        boolean outOfMemory = Tree.text(ended, "", "reason").equals("OOMKilled");
        String reason = outOfMemory ? "OOMKilled" : Tree.text(status, "", "state", state, "reason");
        long restarts = Tree.number(status, 0, "restartCount");
        boolean fails = (exitCode != null && exitCode != 0)
                || (state.equals("running") && !Boolean.TRUE.equals(status.get("ready")));
        List<String> log =
                fails && options.inquiry().logs() ? logs.of(name, state.equals("waiting") && restarts > 0) : List.of();
        return new Container(
                name, state, reason, Tree.text(status, "", "state", state, "message"), exitCode, restarts, log);
    }
}
