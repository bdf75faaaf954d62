package io.gitopstoolkit.testkit.differential;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.differential.Duel.Outcome;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** Random sequences, one seed after the other, against two servers. */
final class RandomRun {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private final Duel duel;
    private final int length;
    private final Map<String, String> found = new LinkedHashMap<>();
    private long sequences;

    RandomRun(KubernetesClient truth, KubernetesClient subject, int length) throws Exception {
        this.duel = new Duel(truth, subject);
        this.length = length;
        for (KubernetesClient client : List.of(truth, subject)) {
            define(client);
        }
    }

    private static void define(KubernetesClient client) throws Exception {
        List<Object> definitions = Tree.list(Yaml.parse(Scenarios.text("random-definitions.yaml")));
        var session = new Session(client, "none");
        for (Object definition : definitions == null ? List.of() : definitions) {
            session.receive(
                    session.send(new Exchange("POST", DEFINITIONS, "application/json", Json.print(definition))));
            String version =
                    Tree.text(Tree.mapsAt(definition, "spec", "versions").get(0), "name");
            session.receive(session.send(new Exchange(
                    "WAIT",
                    "/apis/" + Tree.text(definition, "spec", "group") + "/" + version + "/"
                            + Tree.text(definition, "spec", "names", "plural"),
                    "application/json",
                    "")));
        }
    }

    /** Runs one seed after the other as long as asked for; what differs is shrunk and kept. */
    void run(long firstSeed, int mostDifferences, LongPredicate goesOn) throws Exception {
        for (long seed = firstSeed; goesOn.test(seed) && differences().size() < mostDifferences; seed++) {
            List<Exchange> exchanges = new RandomExchanges(seed).take(length);
            Outcome outcome = duel.run(exchanges);
            sequences++;
            if (!outcome.isAlike()) {
                keep(seed, exchanges, outcome);
            }
        }
    }

    private void keep(long seed, List<Exchange> exchanges, Outcome outcome) throws Exception {
        String difference = outcome.differences().get(0);
        if (found.containsKey(difference)) {
            return;
        }
        var text =
                new StringBuilder("seed " + seed + ", request " + outcome.index() + " of " + exchanges.size() + ":\n");
        for (Exchange exchange : duel.shrink(exchanges, outcome)) {
            text.append("  ").append(exchange).append('\n');
        }
        outcome.differences().forEach(line -> text.append("    ").append(line).append('\n'));
        found.put(difference, text.toString());
    }

    /** The differences, each with its seed and the requests that matter. */
    List<String> differences() {
        var differences = new ArrayList<>(found.values());
        differences.addAll(duel.asides());
        return differences;
    }

    /** How far it went, in a sentence. */
    String summary() {
        return sequences + " sequences, " + duel.requests() + " requests, "
                + differences().size() + " differences";
    }
}
