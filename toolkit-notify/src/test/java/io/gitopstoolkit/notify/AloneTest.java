package io.gitopstoolkit.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Severity;
import io.gitopstoolkit.testkit.WebhookServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All that it takes to use this module without any other block. */
class AloneTest {
    @Test
    void tellsAWebhook() {
        try (var server = WebhookServer.start()) {
            var about = new ObjectRef("apps", "Deployment", "shop", "web");
            var event = new Event(
                    about, "apps/v1", Severity.INFO, "Deployed", "it runs", Instant.EPOCH, "my-controller", Map.of());
            WebhookSink.to(server.uri()).send(event, Deadline.after(Duration.ofSeconds(10)));
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.body()).contains("\"message\":\"it runs\""));
        }
    }
}
