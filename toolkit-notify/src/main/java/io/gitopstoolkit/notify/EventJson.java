package io.gitopstoolkit.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gitopstoolkit.api.Event;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Writes JSON, and an event in that of Flux. */
final class EventJson {
    private static final JsonFactory JSON = new JsonFactory();

    private EventJson() {}

    /** Something that writes a value. */
    @FunctionalInterface
    interface Body {
        /** Writes it. */
        void to(JsonGenerator json) throws IOException;
    }

    /** What {@code body} writes. Characters and not bytes are written, for these cannot hold half a surrogate pair. */
    static String write(Body body) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            body.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written to", e);
        }
        return text.toString();
    }

    /**
     * An event as Flux's controllers write it, fields in their order; the time in whole seconds.
     *
     * @param reportingInstance which instance of the controller; left out where empty
     */
    static String of(Event event, String reportingInstance) {
        return write(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("involvedObject");
            json.writeStringField("kind", event.about().kind());
            if (event.about().isNamespaced()) {
                json.writeStringField("namespace", event.about().namespace());
            }
            json.writeStringField("name", event.about().name());
            json.writeStringField("apiVersion", event.apiVersion());
            json.writeEndObject();
            json.writeStringField("severity", event.severity().toString());
            json.writeStringField(
                    "timestamp",
                    DateTimeFormatter.ISO_INSTANT.format(event.time().truncatedTo(ChronoUnit.SECONDS)));
            json.writeStringField("message", Text.limit(event.message(), Text.MAX_MESSAGE));
            json.writeStringField("reason", event.reason());
            writeMetadata(json, Metadata.sent(event));
            json.writeStringField("reportingController", event.reportingController());
            if (!reportingInstance.isEmpty()) {
                json.writeStringField("reportingInstance", reportingInstance);
            }
            json.writeEndObject();
        });
    }

    private static void writeMetadata(JsonGenerator json, Map<String, String> metadata) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}
