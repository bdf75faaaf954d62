package io.gitopstoolkit.notify;

import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Severity;
import java.time.Instant;
import java.util.Map;

/** Events for tests. */
final class Events {
    static final ObjectRef APPS = new ObjectRef("kustomize.toolkit.fluxcd.io", "Kustomization", "flux-system", "apps");

    private Events() {}

    static Event saying(String message) {
        return about(APPS, Severity.INFO, message, Map.of("revision", "main@sha1:abc"));
    }

    static Event with(Map<String, String> metadata) {
        return about(APPS, Severity.INFO, "hello", metadata);
    }

    static Event about(ObjectRef ref, Severity severity, String message, Map<String, String> metadata) {
        return new Event(
                ref,
                ref.group().isEmpty() ? "v1" : ref.group() + "/v1",
                severity,
                severity == Severity.ERROR ? "ReconciliationFailed" : "ReconciliationSucceeded",
                message,
                Instant.parse("2026-11-23T13:14:15.678Z"),
                "kustomize-controller",
                metadata);
    }
}
