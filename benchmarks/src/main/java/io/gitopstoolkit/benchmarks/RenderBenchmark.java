package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.kustomize.KustomizeRenderer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Renders a kustomization from memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class RenderBenchmark {
    /** What is rendered. */
    @Param
    public RenderInput input = RenderInput.SMALL;

    private Artifact artifact = Artifact.of(Revision.parse("benchmark"), FileTree.ofText(input.files()));

    /** Puts the input in memory. */
    @Setup
    public void load() {
        artifact = Artifact.of(Revision.parse("benchmark"), FileTree.ofText(input.files()));
    }

    /** From files to manifests. */
    @Benchmark
    public ManifestSet render() {
        return KustomizeRenderer.at(input.path()).render(artifact, Deadline.after(Duration.ofMinutes(1)));
    }
}
