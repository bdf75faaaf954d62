package io.gitopstoolkit.benchmarks;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.source.git.GitReference;
import io.gitopstoolkit.source.git.GitSource;
import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

/** Fetches a repository with the files of {@link RenderInput#LARGE} from a server on the same machine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class FetchBenchmark {
    private @Nullable GitServer server;
    private @Nullable GitSource source;
    private URI uri = URI.create("http://127.0.0.1/");

    /** Starts the server. */
    @Setup(Level.Trial)
    public void start() {
        server = GitServer.start();
        ServedRepository repository = server.repository("large");
        repository.commit("Add", RenderInput.LARGE.files());
        uri = repository.uri();
        source = source();
        fetch(source);
    }

    /** Stops the server. */
    @TearDown(Level.Trial)
    public void stop() {
        requireNonNull(source).close();
        requireNonNull(server).close();
    }

    /** Asks whether anything is new. */
    @Benchmark
    public Revision resolve() {
        return requireNonNull(source).resolve(Deadline.after(Duration.ofMinutes(1)));
    }

    /** Into an empty cache. */
    @Benchmark
    public Artifact fetchFirst() {
        try (GitSource fresh = source()) {
            return fetch(fresh);
        }
    }

    /** What the cache holds already. */
    @Benchmark
    public Artifact fetchAgain() {
        return fetch(requireNonNull(source));
    }

    private GitSource source() {
        return GitSource.builder(uri).reference(new GitReference.Branch("main")).build();
    }

    private static Artifact fetch(GitSource source) {
        Deadline deadline = Deadline.after(Duration.ofMinutes(1));
        return source.fetch(source.resolve(deadline), deadline);
    }
}
