package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.EventSink;
import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.api.Severity;
import io.gitopstoolkit.notify.NotifyException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final FakeTicker ticker = new FakeTicker();
    private final Deadline deadline = ticker.after(Duration.ofHours(1));
    private final List<String> sent = new ArrayList<>();

    @Test
    void sendsOverTheRoutesThatTheEventPasses() {
        Dispatcher dispatcher = Dispatcher.builder()
                .route(EventFilter.atLeast(Severity.ERROR), to("errors"))
                .route(EventFilter.ALL, to("all"))
                .route(EventFilter.kinds("Kustomization"), to("kustomizations"))
                .build();
        dispatcher.send(Events.saying("hello"), deadline);
        assertThat(sent).containsExactly("all: hello", "kustomizations: hello");
    }

    @Test
    void sendsNothingWithoutRoutes() {
        Dispatcher.builder().build().send(Events.saying("hello"), deadline);
        assertThat(sent).isEmpty();
    }

    @Test
    void limitsEachRouteOnItsOwn() {
        Dispatcher dispatcher = Dispatcher.builder()
                .route(EventFilter.ALL, to("a"))
                .route(EventFilter.ALL, to("b"))
                .ticker(ticker)
                .build();
        dispatcher.send(Events.saying("x"), deadline);
        dispatcher.send(Events.saying("x"), deadline);
        ticker.pass(Duration.ofMinutes(5));
        dispatcher.send(Events.saying("x"), deadline);
        assertThat(sent).containsExactly("a: x", "b: x", "a: x", "b: x");
    }

    @Test
    void limitsNothingWhereToldSo() {
        Dispatcher dispatcher = Dispatcher.builder()
                .route(EventFilter.ALL, to("a"))
                .rateLimit(Duration.ZERO)
                .build();
        dispatcher.send(Events.saying("x"), deadline);
        dispatcher.send(Events.saying("x"), deadline);
        assertThat(sent).hasSize(2);
    }

    @Test
    void keepsAFailureFromTheOtherRoutes() {
        Dispatcher dispatcher = Dispatcher.builder()
                .route("first", EventFilter.ALL, failing(Reason.REJECTED, "no"))
                .route("second", EventFilter.ALL, to("second"))
                .route("third", EventFilter.ALL, (event, limit) -> {
                    throw new IllegalStateException("a bug");
                })
                .build();
        NotifyException failure = failure(dispatcher, Events.saying("x"));
        assertThat(sent).containsExactly("second: x");
        assertThat(failure.why()).isEqualTo(Reason.DISPATCH_FAILED);
        assertThat(failure.reason()).isEqualTo("NotificationDispatchFailed");
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure).hasMessage("the event did not reach first (no), third (a bug)");
        assertThat(failure.getSuppressed()).hasSize(2);
    }

    @Test
    void namesAFailureWithoutAMessage() {
        Dispatcher dispatcher = Dispatcher.builder()
                .route("odd", EventFilter.ALL, (event, limit) -> {
                    throw new IllegalStateException();
                })
                .build();
        assertThat(failure(dispatcher, Events.saying("x")))
                .hasMessage("the event did not reach odd (IllegalStateException)");
    }

    @Test
    void canBeTriedAgainWhereOneFailureCan() {
        Dispatcher dispatcher = Dispatcher.builder()
                .route(EventFilter.ALL, failing(Reason.REJECTED, "no"))
                .route(EventFilter.ALL, failing(Reason.RECEIVER_FAILED, "down"))
                .build();
        assertThat(failure(dispatcher, Events.saying("x")).retry()).isEqualTo(Retry.BACK_OFF);
    }

    @Test
    void reachesOnlyThoseThatFailedWhenSentAgain() {
        var down = new ArrayList<>(List.of("once"));
        Dispatcher dispatcher = Dispatcher.builder()
                .route(EventFilter.ALL, to("good"))
                .route(EventFilter.ALL, (event, limit) -> {
                    if (!down.isEmpty()) {
                        down.clear();
                        throw new NotifyException(Reason.RECEIVER_FAILED, "down", null, null);
                    }
                    to("bad").send(event, limit);
                })
                .build();
        failure(dispatcher, Events.saying("x"));
        dispatcher.send(Events.saying("x"), deadline);
        assertThat(sent).containsExactly("good: x", "bad: x");
    }

    @Test
    void limitsTheTimeOfEachSink() {
        Dispatcher dispatcher = Dispatcher.builder()
                .route("slow", EventFilter.ALL, (event, limit) -> {
                    for (; ; ) {
                        limit.pause(Duration.ofSeconds(1), "send");
                    }
                })
                .route("other", EventFilter.ALL, to("other"))
                .limitPerSink(Duration.ofSeconds(5))
                .build();
        NotifyException failure = failure(dispatcher, Events.saying("x"));
        assertThat(failure).hasMessage("the event did not reach slow (the time limit of 5s is over, could not send)");
        assertThat(sent).containsExactly("other: x");
        assertThat(ticker.sleeps()).hasSize(5);
    }

    @Test
    void endsWithAnInterrupt() {
        Dispatcher dispatcher = Dispatcher.builder()
                .route(EventFilter.ALL, failing(Reason.REJECTED, "no"))
                .route(EventFilter.ALL, (event, limit) -> limit.check("send"))
                .route(EventFilter.ALL, to("never"))
                .build();
        Thread.currentThread().interrupt();
        DeadlineException failure =
                catchThrowableOfType(DeadlineException.class, () -> dispatcher.send(Events.saying("x"), deadline));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.why()).isEqualTo(DeadlineException.Reason.CANCELED);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(sent).isEmpty();
    }

    @Test
    void addsMetadataThatTheEventHasNot() {
        var seen = new ArrayList<Event>();
        Dispatcher dispatcher = Dispatcher.builder()
                .route(EventFilter.ALL, (event, limit) -> seen.add(event))
                .metadata("cluster", "prod")
                .metadata("revision", "ours")
                .metadata("summary", "ours")
                .build();
        Event event = Events.with(Map.of(
                "kustomize.toolkit.fluxcd.io/revision", "theirs", "event.toolkit.fluxcd.io/summary", "annotation"));
        dispatcher.send(event, deadline);
        assertThat(Metadata.sent(seen.get(0)))
                .isEqualTo(Map.of("cluster", "prod", "revision", "theirs", "summary", "ours"));
        assertThat(seen.get(0).message()).isEqualTo(event.message());
    }

    @Test
    void refusesOptionsOutOfRange() {
        Dispatcher.Builder builder = Dispatcher.builder().route("a", EventFilter.ALL, EventSink.NONE);
        assertThatThrownBy(() -> builder.route("a", EventFilter.ALL, EventSink.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.rateLimit(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.limitPerSink(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private EventSink to(String name) {
        return (event, limit) -> sent.add(name + ": " + event.message());
    }

    private static EventSink failing(Reason why, String message) {
        return (event, limit) -> {
            throw new NotifyException(why, message, null, null);
        };
    }

    private NotifyException failure(Dispatcher dispatcher, Event event) {
        return catchThrowableOfType(NotifyException.class, () -> dispatcher.send(event, deadline));
    }
}
