package io.gitopstoolkit.benchmarks;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.Applier;
import io.gitopstoolkit.apply.ApplierBuilder;
import io.gitopstoolkit.apply.ApplyException;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.testkit.RealKubernetes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Applies the same objects to one real kube-apiserver by a bare loop of requests, by toolkit-apply and by Flux's ssa
 * package, in turns, and prints one table.
 */
public final class CompareApplying {
    private static final int OBJECTS = 2_000;
    private static final int DEPLOYMENTS = 500;
    private static final int CONCURRENCY = 4;
    private static final int WAIT_SECONDS = 40;
    private static final Revision REVISION = Revision.parse("benchmark");

    private final RealKubernetes kubernetes;
    private final String flux;
    private final int runs;
    private final Path kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
    private final Map<String, List<Long>> costs = new HashMap<>();
    private int sets;

    private CompareApplying(RealKubernetes kubernetes, String flux, int runs) throws IOException {
        this.kubernetes = kubernetes;
        this.flux = flux;
        this.runs = runs;
        Files.writeString(kubeconfig, kubernetes.kubeconfig());
    }

    /** Takes how often each delivery is made. The property {@code flux} is the program around Flux's package. */
    public static void main(String[] arguments) throws Exception {
        try (var kubernetes = RealKubernetes.start()) {
            var comparison =
                    new CompareApplying(kubernetes, System.getProperty("flux", ""), Integer.parseInt(arguments[0]));
            try {
                comparison.print();
            } finally {
                Files.delete(comparison.kubeconfig);
            }
        }
        System.exit(0);
    }

    private void print() throws Exception {
        deliveries(200); // what is compiled by the way is not timed
        System.out.println("| what | limit or Flux | | toolkit | ratio |");
        System.out.println("| --- | --- | ---: | ---: | ---: |");
        costs.clear();
        for (int run = 0; run < runs; run++) {
            deliveries(OBJECTS);
        }
        printDeliveries();
        waiting();
        printWaiting();
    }

    private void deliveries(int count) throws Exception {
        KubernetesClient client = kubernetes.client();
        var loop = new BareLoop(client, CONCURRENCY);
        List<Manifest> forWrites = fresh().objects(count);
        timed("writes", () -> loop.apply(forWrites, false));
        List<Manifest> forBoth = fresh().objects(count);
        timed("trials and writes", () -> {
            loop.apply(forBoth, true);
            loop.apply(forBoth, false);
        });
        ManifestSet forUnchecked = ManifestSet.of(REVISION, fresh().objects(count));
        Applier unchecked = applier(client).withoutValidation().build();
        timed("not tried", () -> unchecked.apply(forUnchecked, soon()));
        toolkit(ManifestSet.of(REVISION, fresh().objects(count)));
        if (!flux.isEmpty()) {
            long[] cost = flux(fresh().objects(count), "apply", CONCURRENCY);
            note("Flux, first", cost[0]);
            note("Flux, first, requests", cost[1]);
            note("Flux, again", cost[2]);
            note("Flux, again, requests", cost[3]);
        }
    }

    /** The first delivery, the same again, and again by an applier that knows nothing of the first. */
    private void toolkit(ManifestSet desired) throws Exception {
        var requests = new RequestCount();
        try (KubernetesClient client = requests.on(kubernetes.client())) {
            ApplierBuilder builder = applier(client);
            Applier applier = builder.build();
            for (String what : List.of("first", "again")) {
                timed(what, () -> applier.apply(desired, soon()));
                note(what + ", requests", requests.take());
            }
            Applier other = builder.build();
            timed("afresh", () -> other.apply(desired, soon()));
            note("afresh, requests", requests.take());
        }
    }

    private void printDeliveries() {
        String first = String.format(Locale.ROOT, "first apply of %,d objects", OBJECTS);
        row(first + ", not tried before", "a loop of the writes", "writes", "not tried");
        row(first, "a loop of the trials, then of the writes", "trials and writes", "first");
        row(first, "Flux", "Flux, first", "first");
        row("the same again", "Flux", "Flux, again", "again");
        row("the same again by a new process", "Flux", "Flux, again", "afresh");
    }

    /** Of Deployments that nobody makes ready. */
    private void waiting() throws Exception {
        List<Manifest> deployments = fresh().deployments(DEPLOYMENTS);
        ManifestSet desired = ManifestSet.of(REVISION, deployments);
        var requests = new RequestCount();
        try (KubernetesClient client = requests.on(kubernetes.client())) {
            Applier applier = applier(client).build();
            applier.apply(desired, soon());
            List<ObjectRef> refs = deployments.stream().map(Manifest::ref).toList();
            for (int seconds : new int[] {WAIT_SECONDS / 2, WAIT_SECONDS}) {
                note("wait " + seconds, waiting(applier, refs, requests, seconds));
            }
            if (!flux.isEmpty()) {
                long[] theirs = flux(deployments, "wait", WAIT_SECONDS);
                note("Flux, wait " + WAIT_SECONDS / 2, theirs[0]);
                note("Flux, wait " + WAIT_SECONDS, theirs[1]);
            }
        }
    }

    private void printWaiting() {
        for (int seconds : new int[] {WAIT_SECONDS / 2, WAIT_SECONDS}) {
            String what = "requests of waiting for " + DEPLOYMENTS + " Deployments, " + seconds + " s";
            numbers(what, "Flux, wait " + seconds, "wait " + seconds);
        }
    }

    private static long waiting(Applier applier, List<ObjectRef> refs, RequestCount requests, int seconds) {
        requests.take();
        try {
            applier.await(refs, Deadline.after(Duration.ofSeconds(seconds)));
            throw new IllegalStateException("the objects became healthy");
        } catch (ApplyException e) {
            return requests.take();
        }
    }

    private ApplyInput fresh() {
        var input = new ApplyInput("set-" + sets++);
        for (String name : input.namespaces()) {
            kubernetes
                    .client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        return input;
    }

    /** Of the owner of the set that was made last. */
    private ApplierBuilder applier(KubernetesClient client) {
        return Applier.builder(client, new Owner("benchmark", "delivery.example.org", "set-" + sets, "default"))
                .concurrency(CONCURRENCY);
    }

    private long[] flux(List<Manifest> objects, String mode, int number) throws Exception {
        Path file = Files.createTempFile("objects", ".json");
        try {
            var lines = objects.stream()
                    .map(each ->
                            kubernetes.client().getKubernetesSerialization().asJson(each.content()))
                    .toList();
            Files.write(file, lines);
            Process process = new ProcessBuilder(
                            flux, kubeconfig.toString(), file.toString(), mode, Integer.toString(number))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("Flux's package failed");
            }
            return Arrays.stream(output.strip().split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
        } finally {
            Files.delete(file);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void timed(String what, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        note(what, System.nanoTime() - start);
    }

    private void note(String what, long cost) {
        costs.computeIfAbsent(what, key -> new ArrayList<>()).add(cost);
    }

    /** The median of what was noted; 0 where nothing was. */
    private long cost(String what) {
        List<Long> sorted =
                costs.getOrDefault(what, List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(5));
    }

    /** A row of times, and one of requests where these were counted. */
    private void row(String what, String of, String theirs, String ours) {
        cells(what, of, millis(cost(theirs)), millis(cost(ours)), ratio(cost(ours), cost(theirs)));
        if (costs.containsKey(theirs + ", requests")) {
            numbers("its requests", theirs + ", requests", ours + ", requests");
        }
    }

    private void numbers(String what, String theirs, String ours) {
        cells(what, "Flux", number(cost(theirs)), number(cost(ours)), ratio(cost(ours), cost(theirs)));
    }

    private static void cells(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String millis(long nanos) {
        return nanos == 0 ? "" : String.format(Locale.ROOT, "%,.0f ms", nanos / 1e6);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String ratio(long ours, long theirs) {
        return theirs == 0 ? "" : String.format(Locale.ROOT, "%.2f", (double) ours / theirs);
    }
}
