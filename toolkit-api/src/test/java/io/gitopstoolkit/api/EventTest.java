package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final ObjectRef ABOUT = new ObjectRef("delivery.example.org", "Delivery", "apps", "podinfo");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Revision REVISION = Revision.parse("main");

    @Test
    void tellsWhatADeliveryChanged() {
        Event event =
                of(change("a", Action.UNCHANGED, ""), change("b", Action.CREATED, ""), change("c", Action.DELETED, ""));
        assertThat(event)
                .isEqualTo(new Event(
                        ABOUT,
                        "delivery.example.org/v1",
                        Severity.INFO,
                        "ReconciliationSucceeded",
                        "Pod/ns/b created\nPod/ns/c deleted",
                        NOW,
                        "me",
                        Map.of("revision", "main")));
    }

    @Test
    void tellsThatADeliveryFailed() {
        Event event = of(change("a", Action.CREATED, ""), change("b", Action.FAILED, "denied"));
        assertThat(event.severity()).isEqualTo(Severity.ERROR);
        assertThat(event.reason()).isEqualTo("ReconciliationFailed");
        assertThat(event.message()).isEqualTo("Pod/ns/a created\nPod/ns/b failed: denied");
    }

    @Test
    void tellsThatNothingChanged() {
        assertThat(of(change("a", Action.UNCHANGED, "")).message())
                .isEqualTo("Applied revision: main, nothing changed");
        assertThat(of().message()).isEqualTo("Applied revision: main, nothing changed");
    }

    @Test
    void hasVersionOneOfItsGroup() {
        var about = new ObjectRef("", "ConfigMap", "apps", "x");
        Event event = Event.of(about, "me", new ChangeSet(REVISION, List.of()), Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(event.apiVersion()).isEqualTo("v1");
    }

    @Test
    void keepsTheOrderOfItsMetadataAndCopiesIt() {
        var metadata = new LinkedHashMap<>(Map.of("z", "1"));
        metadata.put("a", "2");
        var event = new Event(ABOUT, "v1", Severity.TRACE, "R", "", NOW, "me", metadata);
        metadata.clear();
        assertThat(List.copyOf(event.metadata().keySet())).containsExactly("z", "a");
        assertThatThrownBy(() -> event.metadata().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void needsAReason() {
        assertThatThrownBy(() -> new Event(ABOUT, "v1", Severity.INFO, "", "m", NOW, "me", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasSeveritiesInOrder() {
        assertThat(Severity.values())
                .isSorted()
                .extracting(Severity::toString)
                .containsExactly("trace", "info", "error");
    }

    private static Event of(Change... changes) {
        return Event.of(ABOUT, "me", new ChangeSet(REVISION, List.of(changes)), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Change change(String name, Action action, String message) {
        return new Change(new ObjectRef("", "Pod", "ns", name), "v1", action, message);
    }
}
