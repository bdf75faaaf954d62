package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.Applier;
import io.gitopstoolkit.apply.Owner;
import io.gitopstoolkit.testkit.EmbeddedKubernetes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Applies 100 ConfigMaps that are as they should be to the embedded API. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class ApplyBenchmark {
    private static final int OBJECTS = 100;

    private final ManifestSet desired = ManifestSet.of(
            Revision.parse("benchmark"),
            IntStream.range(0, OBJECTS).mapToObj(ApplyBenchmark::configMap).toList());
    private @Nullable EmbeddedKubernetes kubernetes;
    private @Nullable Applier applier;

    /** Starts the API, and applies once. */
    @Setup(Level.Trial)
    public void start() {
        kubernetes = EmbeddedKubernetes.start();
        applier = Applier.builder(
                        kubernetes.client(), new Owner("benchmark", "delivery.example.org", "benchmark", "default"))
                .build();
        applyAgain();
    }

    /** Stops the API. */
    @TearDown(Level.Trial)
    public void stop() {
        if (kubernetes != null) {
            kubernetes.close();
        }
    }

    /** A delivery that finds nothing to change. */
    @Benchmark
    public @Nullable ChangeSet applyAgain() {
        return applier == null ? null : applier.apply(desired, Deadline.after(Duration.ofMinutes(1)));
    }

    private static Manifest configMap(int i) {
        return new Manifest(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "settings-" + i, "namespace", "default"),
                "data",
                Map.of("number", String.valueOf(i), "list", String.join(",", List.of("a", "b", "c")))));
    }
}
