package io.gitopstoolkit.benchmarks;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.Applier;
import io.gitopstoolkit.apply.Drift;
import io.gitopstoolkit.apply.DriftListener;
import io.gitopstoolkit.apply.DriftMode;
import io.gitopstoolkit.apply.DriftWatcher;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.testkit.RealKubernetes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Watches 2,000 objects on a real kube-apiserver for drift, edits some of them by another client, one after the other, and
 * prints how long each took to be corrected, what the watcher costs in memory, and the requests while nothing drifts.
 */
public final class DriftBenchmark {
    private static final int OBJECTS = 2_000;
    private static final int BIG_OBJECTS = 10;
    private static final int NAMESPACES = 10;
    private static final int BIG_BYTES = 512 << 10;
    private static final int WARM_UP = 50;
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Owner OWNER = new Owner("benchmark", "delivery.example.org", "drift", "default");

    private final RealKubernetes kubernetes;
    private final int edits;
    private final RequestCount requests = new RequestCount();
    private final BlockingQueue<ObjectRef> corrected = new LinkedBlockingQueue<>();

    private DriftBenchmark(RealKubernetes kubernetes, int edits) {
        this.kubernetes = kubernetes;
        this.edits = edits;
    }

    /** Takes how many objects are edited. */
    public static void main(String[] arguments) throws Exception {
        try (var kubernetes = RealKubernetes.start()) {
            new DriftBenchmark(kubernetes, Integer.parseInt(arguments[0])).print();
        }
        System.exit(0);
    }

    private void print() throws Exception {
        System.out.println();
        System.out.println("| drift | |");
        System.out.println("| --- | ---: |");
        ManifestSet desired = desired();
        try (KubernetesClient client = requests.on(kubernetes.client())) {
            client.namespaces().withName("default").get();
            long before = usedHeap();
            Applier applier = Applier.builder(client, OWNER).build();
            applier.apply(desired, Deadline.after(Duration.ofMinutes(10)));
            try (var watcher = DriftWatcher.builder(applier, () -> desired)
                    .mode(DriftMode.CORRECT)
                    .listener(new DriftListener() {
                        @Override
                        public void onDrift(Drift drift) {
                            corrected.add(drift.ref());
                        }
                    })
                    .build()) {
                watcher.start();
                watcher.awaitSynced(Deadline.after(Duration.ofMinutes(1)));
                watched(applier, desired, before);
            }
        }
    }

    private void watched(Applier applier, ManifestSet desired, long before) throws Exception {
        edit(desired, 0, WARM_UP);
        idle();
        System.out.printf(
                Locale.ROOT, "| heap for %,d objects | %.1f MiB |%n", OBJECTS, (usedHeap() - before) / 1048576.0);
        requests.take();
        applier.apply(desired, Deadline.after(Duration.ofMinutes(1)));
        row("requests of the same set again", requests.take());
        List<Long> times = edit(desired, WARM_UP, edits);
        List<Long> sorted = times.stream().sorted().toList();
        row("from an edit to its correction, median", millis(sorted, 0.5));
        row("from an edit to its correction, 99 of 100", millis(sorted, 0.99));
        row("requests for each correction", requests.take() / edits);
    }

    /** Nothing happens, and so does nothing here. */
    private void idle() {
        requests.take();
        Deadline.after(IDLE.multipliedBy(2)).pause(IDLE, "be idle");
        row("requests in " + IDLE.toSeconds() + " s without drift", requests.take());
    }

    /** Edits ConfigMaps, each once; returns the times until they were corrected, in nanoseconds. */
    private List<Long> edit(ManifestSet desired, int from, int count) throws InterruptedException {
        List<Manifest> targets = desired.manifests().stream()
                .filter(manifest -> manifest.kind().equals("ConfigMap"))
                .skip(from)
                .limit(count)
                .toList();
        var times = new ArrayList<Long>();
        for (Manifest target : targets) {
            ObjectRef ref = target.ref();
            var resource = kubernetes
                    .client()
                    .configMaps()
                    .inNamespace(ref.namespace())
                    .withName(ref.name());
            long start = System.nanoTime();
            ConfigMap edited =
                    resource.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\": {\"mode\": \"edited\"}}");
            if (!ref.equals(corrected.poll(1, TimeUnit.MINUTES))) {
                throw new IllegalStateException(
                        "not corrected: " + edited.getMetadata().getName());
            }
            times.add(System.nanoTime() - start);
        }
        return times;
    }

    /** Half of them are ConfigMaps, half Secrets, in ten namespaces; some are big. */
    private ManifestSet desired() {
        for (int i = 0; i < NAMESPACES; i++) {
            var name = new NamespaceBuilder()
                    .withNewMetadata()
                    .withName("drift-" + i)
                    .endMetadata()
                    .build();
            kubernetes.client().resource(name).create();
        }
        var objects = new ArrayList<Manifest>();
        for (int i = 0; i < OBJECTS; i++) {
            boolean big = i < BIG_OBJECTS;
            objects.add(new Manifest(Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    i % 2 == 0 ? "ConfigMap" : "Secret",
                    "metadata",
                    Map.of("name", "object-" + i, "namespace", "drift-" + i / 2 % NAMESPACES),
                    "data",
                    Map.of("mode", "YQ==", "text", big ? "YWFh".repeat(BIG_BYTES / 4) : "YWFh"))));
        }
        return ManifestSet.of(Revision.parse("benchmark"), objects);
    }

    private static long usedHeap() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Deadline.after(Duration.ofSeconds(2)).pause(Duration.ofMillis(200), "collect");
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String millis(List<Long> sorted, double share) {
        return String.format(Locale.ROOT, "%.1f ms", sorted.get((int) (share * (sorted.size() - 1))) / 1e6);
    }

    private static void row(String what, Object value) {
        System.out.println("| " + what + " | " + value + " |");
    }
}
