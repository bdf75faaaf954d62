package io.gitopstoolkit.benchmarks;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Severity;
import io.gitopstoolkit.notify.WebhookSink;
import io.gitopstoolkit.testkit.WebhookServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

/** Posts an event to a webhook on the same machine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class NotifyBenchmark {
    private final Event event = new Event(
            new ObjectRef("delivery.example.org", "Delivery", "default", "shop"),
            "delivery.example.org/v1",
            Severity.INFO,
            "ReconciliationSucceeded",
            "Deployment/shop/shop configured",
            Instant.parse("2026-01-01T00:00:00Z"),
            "benchmark",
            Map.of(Event.REVISION, "main@sha1:5394cb7f48332b2de7c17dd8b8384bbc84b7e738"));
    private @Nullable WebhookServer server;
    private @Nullable WebhookSink sink;

    /** Starts the webhook. */
    @Setup(Level.Trial)
    public void start() {
        server = WebhookServer.start();
        sink = WebhookSink.to(server.uri());
    }

    /** Stops the webhook. */
    @TearDown(Level.Trial)
    public void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** One event, sent and answered. */
    @Benchmark
    public void send() {
        if (sink != null) {
            sink.send(event, Deadline.after(Duration.ofMinutes(1)));
        }
    }
}
