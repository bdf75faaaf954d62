package io.gitopstoolkit.benchmarks;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import io.gitopstoolkit.testkit.RealKubernetes;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures the embedded Kubernetes API beside the real one, and prints one table. Takes {@code table}; or, for the processes
 * that it starts itself, {@code start}, or {@code memory} and a number of objects.
 */
public final class EmbeddedBenchmark {
    private static final int STARTS = 51;
    private static final int PROCESSES = 9;
    private static final int OBJECTS = 20_000;
    private static final int ROUNDS = 4;
    private static final int FEW_OBJECTS = 2_000;
    private static final int MANY_OBJECTS = 100_000;
    private static final int CONNECTIONS = 4;

    private EmbeddedBenchmark() {}

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "start" -> start();
            case "memory" -> memory(Integer.parseInt(arguments[1]));
            default -> table();
        }
        System.exit(0);
    }

    private static void table() throws Exception {
        System.out.println("| what | real | embedded | ratio |");
        System.out.println("| --- | ---: | ---: | ---: |");
        double fresh = median(PROCESSES, () -> child("-Xshare:auto", "start"));
        double warm = median(STARTS, EmbeddedBenchmark::start);
        long begun = System.nanoTime();
        try (var real = RealKubernetes.start()) {
            real.client().namespaces().withName("default").get();
            double start = millis(begun);
            row("start to the first answer, in a new JVM", "%,.0f ms", start, fresh);
            row("start to the first answer, in a warm JVM", "%,.1f ms", start, warm);
            applies(real.client());
        }
        child("-Xmx1g", "memory", Integer.toString(MANY_OBJECTS));
    }

    private static void applies(KubernetesClient real) throws Exception {
        ownLimit();
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            try (var kubernetes = EmbeddedKubernetes.start()) {
                ours.add(rate(kubernetes.client(), "set"));
            }
            theirs.add(rate(real, "set-" + round));
        }
        row("applies a second, by fabric8's client, 4 at a time", "%,.0f", best(theirs), best(ours));
    }

    /** By sockets, which cost next to nothing, so that this is what the server can do. */
    private static void ownLimit() throws Exception {
        var first = new ArrayList<Double>();
        var again = new ArrayList<Double>();
        var changed = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            try (var kubernetes = EmbeddedKubernetes.start()) {
                List<Manifest> objects = input(kubernetes.client(), "set").objects(OBJECTS);
                List<byte[]> requests = requests(kubernetes.client(), objects, "blue");
                List<byte[]> others = requests(kubernetes.client(), objects, "green");
                var loop = new RawLoop(kubernetes.url(), CONNECTIONS);
                first.add(OBJECTS / seconds(() -> loop.send(requests)));
                again.add(OBJECTS / seconds(() -> loop.send(requests)));
                changed.add(OBJECTS / seconds(() -> loop.send(others)));
            }
        }
        row("applies a second that create, by sockets", "%,.0f", 0, best(first));
        row("applies a second that change nothing, by sockets", "%,.0f", 0, best(again));
        row("applies a second that change a label, by sockets", "%,.0f", 0, best(changed));
    }

    private static List<byte[]> requests(KubernetesClient client, List<Manifest> objects, String team) {
        var requests = new ArrayList<byte[]>();
        for (Manifest object : objects) {
            String json = client.getKubernetesSerialization().asJson(object.content());
            requests.add(RawLoop.apply(BareLoop.path(object), json.replace("\"blue\"", '"' + team + '"')));
        }
        return requests;
    }

    private static double rate(KubernetesClient client, String prefix) throws Exception {
        List<Manifest> objects = input(client, prefix).objects(FEW_OBJECTS);
        var loop = new BareLoop(client, CONNECTIONS);
        return FEW_OBJECTS / seconds(() -> loop.apply(objects, false));
    }

    private static ApplyInput input(KubernetesClient client, String prefix) {
        var input = new ApplyInput(prefix);
        for (String name : input.namespaces()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        return input;
    }

    private static void start() throws Exception {
        try (var kubernetes = EmbeddedKubernetes.start();
                InputStream answer = URI.create(kubernetes.url() + "/api/v1/namespaces/default")
                        .toURL()
                        .openStream()) {
            answer.readAllBytes();
        }
    }

    /** Fills an API with objects by server-side apply, and prints what the JVM holds then. */
    private static void memory(int count) throws Exception {
        try (var kubernetes = EmbeddedKubernetes.start()) {
            ApplyInput input = input(kubernetes.client(), "set");
            fill(kubernetes, input.objects(count));
            int found = 0;
            for (String namespace : input.namespaces()) {
                found += kubernetes
                        .client()
                        .configMaps()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .size();
            }
            System.gc();
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            String what = String.format(Locale.ROOT, "heap with %,d objects, %,d of them ConfigMaps", count, found);
            row(what, "%,.0f MiB", 0, used / (double) (1 << 20));
        }
    }

    private static void fill(EmbeddedKubernetes kubernetes, List<Manifest> objects) throws Exception {
        var loop = new RawLoop(kubernetes.url(), CONNECTIONS);
        for (int from = 0; from < objects.size(); from += FEW_OBJECTS) {
            List<Manifest> some = objects.subList(from, Math.min(objects.size(), from + FEW_OBJECTS));
            loop.send(requests(kubernetes.client(), some, "blue"));
        }
    }

    private static void child(String flag, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                flag,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedBenchmark.class.getName()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", arguments));
        }
        System.out.print(output);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double median(int runs, Work work) throws Exception {
        var times = new double[runs];
        for (int i = 0; i < runs; i++) {
            times[i] = seconds(work) * 1000;
        }
        Arrays.sort(times);
        return times[runs / 2];
    }

    /** Of rounds in one JVM the fastest: those before it were compiled by the way. */
    private static double best(List<Double> rates) {
        return rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /** A row; 0 is a cell without a figure. */
    private static void row(String what, String form, double real, double embedded) {
        String ratio = real == 0 ? "" : String.format(Locale.ROOT, "%,.3g", embedded / real);
        String theirs = real == 0 ? "" : String.format(Locale.ROOT, form, real);
        System.out.println("| " + what + " | " + theirs + " | " + String.format(Locale.ROOT, form, embedded) + " | "
                + ratio + " |");
    }
}
