package io.gitopstoolkit.testkit.differential;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Two servers that get the same sequences of requests, each until the first difference. */
final class Duel {
    private static final AtomicLong NUMBER = new AtomicLong(System.currentTimeMillis());

    private final KubernetesClient truth;
    private final KubernetesClient subject;
    private long requests;
    private final Map<String, String> asides = new LinkedHashMap<>();

    Duel(KubernetesClient truth, KubernetesClient subject) {
        this.truth = truth;
        this.subject = subject;
    }

    /**
     * The first difference of a sequence.
     *
     * @param index of the request whose answers differ; less than 0 where none do, or the real server broke off
     */
    record Outcome(int index, List<String> differences) {
        private static final int ALIKE = -1;
        private static final int BROKEN_OFF = -2;

        boolean isAlike() {
            return index < 0;
        }
    }

    /** How many requests were compared so far. */
    long requests() {
        return requests;
    }

    /** The differences after which a sequence could go on, for nothing was written; each with its request. */
    List<String> asides() {
        return new ArrayList<>(asides.values());
    }

    private static boolean leavesStateAlike(Exchange exchange, Answer one, Answer other) {
        boolean reads = exchange.method().equals("GET") || exchange.method().equals("WATCH");
        return reads || (one.status() >= 400 && other.status() >= 400);
    }

    /** Sends a sequence to both; watches that follow each other are open at the same time. */
    Outcome run(List<Exchange> exchanges) throws Exception {
        String namespace = "random-" + Long.toString(NUMBER.incrementAndGet(), 36);
        var one = new Session(truth, namespace);
        var other = new Session(subject, namespace);
        compare(one, other, List.of(Differential.NAMESPACE), 0);
        int index = 0;
        while (index < exchanges.size()) {
            int end = index + 1;
            while (isWatch(exchanges, index) && isWatch(exchanges, end)) {
                end++;
            }
            Outcome outcome = compare(one, other, exchanges.subList(index, end), index);
            if (outcome.index() != Outcome.ALIKE) {
                return outcome;
            }
            index = end;
        }
        return new Outcome(Outcome.ALIKE, List.of());
    }

    private static boolean isWatch(List<Exchange> exchanges, int index) {
        return index < exchanges.size() && exchanges.get(index).method().equals("WATCH");
    }

    private Outcome compare(Session one, Session other, List<Exchange> exchanges, int index) throws Exception {
        var expected = new ArrayList<CompletableFuture<Answer>>();
        var actual = new ArrayList<CompletableFuture<Answer>>();
        for (Exchange exchange : exchanges) {
            expected.add(one.send(exchange));
            actual.add(other.send(exchange));
        }
        requests += exchanges.size();
        for (int i = 0; i < exchanges.size(); i++) {
            Answer truthful = one.receive(expected.get(i));
            Answer doubtful = other.receive(actual.get(i));
            if (truthful.isMissing()) {
                return new Outcome(Outcome.BROKEN_OFF, List.of());
            }
            List<String> differences = Differential.differences(truthful, doubtful);
            if (!differences.isEmpty() && leavesStateAlike(exchanges.get(i), truthful, doubtful)) {
                String difference = differences.get(0);
                asides.putIfAbsent(difference.replaceAll("\\d", ""), exchanges.get(i) + "\n    " + difference);
                continue;
            }
            if (!differences.isEmpty()) {
                return new Outcome(index + i, differences);
            }
        }
        return new Outcome(Outcome.ALIKE, List.of());
    }

    private static boolean isSame(String one, String other) {
        return one.replaceAll("\\d", "").equals(other.replaceAll("\\d", ""));
    }

    /** The shortest sequence found that still ends with the same first difference: requests that do not matter go. */
    List<Exchange> shrink(List<Exchange> exchanges, Outcome outcome) throws Exception {
        List<Exchange> left = new ArrayList<>(exchanges.subList(0, outcome.index() + 1));
        String wanted = outcome.differences().get(0);
        for (int size = Math.max(1, left.size() / 2); size > 0; size /= 2) {
            for (int start = left.size() - 1 - size; start >= 0; start -= size) {
                var fewer = new ArrayList<>(left);
                fewer.subList(start, start + size).clear();
                Outcome repeated = run(fewer);
                if (repeated.index() == fewer.size() - 1
                        && repeated.differences().stream().anyMatch(one -> isSame(one, wanted))) {
                    left = fewer;
                    start = Math.min(start, left.size() - 1);
                }
            }
        }
        return left;
    }
}
