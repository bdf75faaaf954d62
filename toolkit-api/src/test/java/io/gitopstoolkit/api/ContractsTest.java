package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the stage contracts bring with them. */
class ContractsTest {
    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(1));

    private final List<String> told = new ArrayList<>();

    @Nested
    class Observers {
        @Test
        void areAllToldInOrder() {
            Observer.Completion completion =
                    Observer.all(List.of(named("a"), named("b"))).start("render", Map.of("k", "v"));
            completion.end(new IllegalStateException("x"));
            assertThat(told)
                    .containsExactly(
                            "a render {k=v}",
                            "b render {k=v}",
                            "a ended IllegalStateException",
                            "b ended IllegalStateException");
            Observer.NONE.start("render", Map.of()).end(null);
        }

        @Test
        void seeAReturn() {
            assertThat(named("a").observe("render", Map.of(), () -> 42)).isEqualTo(42);
            assertThat(told).containsExactly("a render {}", "a ended");
        }

        @Test
        void seeAnException() {
            var failure = new IllegalStateException("x");
            assertThatThrownBy(() -> named("a").observe("render", Map.of(), () -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThatThrownBy(() -> named("a").observe("render", Map.of(), () -> {
                        throw new AssertionError();
                    }))
                    .isInstanceOf(AssertionError.class);
            assertThat(told).hasSize(4).contains("a ended IllegalStateException", "a ended AssertionError");
        }

        private Observer named(String name) {
            return (operation, tags) -> {
                told.add(name + " " + operation + " " + tags);
                return failure -> told.add(name + " ended"
                        + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
            };
        }
    }

    @Nested
    class Sinks {
        private final Event event = new Event(
                new ObjectRef("", "Pod", "a", "b"), "v1", Severity.INFO, "R", "m", Instant.EPOCH, "me", Map.of());

        @Test
        void allGetTheEventThoughOneFails() {
            EventSink all =
                    EventSink.all(List.of(failing("first"), (e, d) -> told.add(e.message()), failing("second")));
            Broken failure = catchThrowableOfType(Broken.class, () -> all.send(event, DEADLINE));
            assertThat(failure).hasMessage("first");
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(e -> assertThat(e).hasMessage("second"));
            assertThat(told).containsExactly("m");
            EventSink.NONE.send(event, DEADLINE);
            EventSink.all(List.of()).send(event, DEADLINE);
        }

        @Test
        void mayThrowOneExceptionTwice() {
            var failure = new Broken("same", null);
            EventSink sink = (e, d) -> {
                throw failure;
            };
            assertThatThrownBy(() -> EventSink.all(List.of(sink, sink)).send(event, DEADLINE))
                    .isSameAs(failure);
        }

        private EventSink failing(String message) {
            return (e, d) -> {
                throw new Broken(message, null);
            };
        }
    }

    @Test
    void transformersWorkInOrder() {
        ManifestSet none = ManifestSet.of(Revision.parse("main"), List.of());
        Transformer warn1 = warning("1");
        Transformer warn2 = warning("2");
        ManifestSet changed =
                Transformer.all(List.of(warn1, Transformer.NONE, warn2)).transform(none, DEADLINE);
        assertThat(changed.warnings()).containsExactly("1", "2");
        assertThat(Transformer.all(List.of()).transform(none, DEADLINE)).isSameAs(none);
    }

    @Test
    void exceptionsTellReasonAndRetry() {
        var failure = new Broken("m", Duration.ofSeconds(3));
        assertThat(failure.reason()).isEqualTo("Broken");
        assertThat(failure.retry()).isEqualTo(Retry.WAIT);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(failure).hasNoCause();
        assertThat(new Broken("m", null).retryAfter()).isEmpty();
    }

    @Test
    void secretsDoNotPrint() {
        Secret secret = Secret.of("planted");
        assertThat(secret).hasToString("***");
        assertThat("" + List.of(secret)).doesNotContain("planted");
        assertThat(secret.reveal()).isEqualTo("planted");
        assertThat(secret)
                .isEqualTo(Secret.of("planted"))
                .hasSameHashCodeAs(Secret.of("planted"))
                .isNotEqualTo(Secret.of("plante"))
                .isNotEqualTo("planted");
        assertThat(Set.of(secret)).contains(Secret.of("planted"));
    }

    @Test
    void artifactsHaveTheDigestOfTheirFiles() {
        FileTree files = FileTree.ofText(Map.of("a", "planted"));
        Artifact artifact = Artifact.of(Revision.parse("main"), files);
        assertThat(artifact.digest()).isEqualTo(files.contentDigest());
        assertThat(artifact).hasToString("Artifact[main, " + files.contentDigest() + "]");
        var metadata = new LinkedHashMap<>(Map.of("z", "1"));
        metadata.put("a", "2");
        var copy = new Artifact(artifact.revision(), artifact.digest(), files, metadata);
        metadata.clear();
        assertThat(List.copyOf(copy.metadata().keySet())).containsExactly("z", "a");
    }

    private static Transformer warning(String text) {
        return (manifests, deadline) -> {
            var warnings = new ArrayList<>(manifests.warnings());
            warnings.add(text);
            return new ManifestSet(manifests.revision(), manifests.manifests(), warnings);
        };
    }

    @SuppressWarnings("serial") // exceptions are not sent about as Java objects
    private static final class Broken extends ToolkitException {
        Broken(String message, @Nullable Duration retryAfter) {
            super("Broken", Retry.WAIT, message, null, retryAfter);
        }
    }
}
