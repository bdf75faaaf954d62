package io.gitopstoolkit.testkit.differential;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sends the same requests to two servers and tells where the answers differ. */
final class Differential {
    /** The request that every sequence begins with. */
    static final Exchange NAMESPACE = new Exchange(
            "POST",
            "/api/v1/namespaces",
            "application/json",
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"{ns}\"}}");

    private Differential() {}

    /**
     * The answers of a server to the requests of a scenario, in a namespace that is created first; normalised, and with
     * the namespace's name taken out.
     */
    static List<Answer> answers(KubernetesClient client, String namespace, List<Exchange> exchanges) throws Exception {
        var session = new Session(client, namespace);
        var answers = new ArrayList<Answer>();
        for (Exchange exchange : withNamespace(exchanges)) {
            answers.add(session.receive(session.send(exchange)));
        }
        return answers;
    }

    private static List<Exchange> withNamespace(List<Exchange> exchanges) {
        var all = new ArrayList<Exchange>();
        all.add(NAMESPACE);
        all.addAll(exchanges);
        return all;
    }

    /** The differences between two lists of answers, each with the request and the field, without the known ones. */
    static List<String> differences(List<Exchange> exchanges, List<Answer> expected, List<Answer> actual) {
        var differences = new ArrayList<String>();
        List<Exchange> all = withNamespace(exchanges);
        for (int i = 0; i < all.size(); i++) {
            for (String difference : differences(expected.get(i), actual.get(i))) {
                differences.add("#" + i + " " + all.get(i) + "\n    " + difference);
            }
        }
        return differences;
    }

    /** The differences between two answers, each with its field, without the known ones. */
    static List<String> differences(Answer expected, Answer actual) {
        var found = new ArrayList<String>();
        if (expected.status() == actual.status()) {
            compare("", expected.body(), actual.body(), found);
            compare("warnings", expected.warnings(), actual.warnings(), found);
        } else {
            found.add("expected " + expected.status() + " " + Json.print(expected.body()) + "\n    but was  "
                    + actual.status() + " " + Json.print(actual.body()));
        }
        found.removeIf(KnownDifferences::contains);
        return found;
    }

    private static void compare(
            String path, @Nullable Object expected, @Nullable Object actual, List<String> differences) {
        if (Values.equal(expected, actual)) {
            return;
        }
        Map<String, Object> one = Tree.map(expected);
        Map<String, Object> other = Tree.map(actual);
        List<Object> ones = Tree.list(expected);
        List<Object> others = Tree.list(actual);
        if (one != null && other != null) {
            Set<String> keys = new TreeSet<>(one.keySet());
            keys.addAll(other.keySet());
            for (String key : keys) {
                if (!one.containsKey(key)) {
                    differences.add(path + "." + key + ": unexpected " + Json.print(other.get(key)));
                } else if (!other.containsKey(key)) {
                    differences.add(path + "." + key + ": missing " + Json.print(one.get(key)));
                } else {
                    compare(path + "." + key, one.get(key), other.get(key), differences);
                }
            }
        } else if (ones != null && others != null && ones.size() == others.size()) {
            for (int i = 0; i < ones.size(); i++) {
                compare(path + "[" + i + "]", ones.get(i), others.get(i), differences);
            }
        } else {
            differences.add(path + ": expected " + Json.print(expected) + "\n        but was  " + Json.print(actual));
        }
    }
}
