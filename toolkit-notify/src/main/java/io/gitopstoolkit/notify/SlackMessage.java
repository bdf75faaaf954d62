package io.gitopstoolkit.notify;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gitopstoolkit.api.Event;
import io.gitopstoolkit.api.Severity;
import java.io.IOException;
import java.util.Map;

/** The JSON of a Slack message. */
final class SlackMessage {
    private SlackMessage() {}

    static String of(Event event, String channel, String username) {
        return EventJson.write(json -> {
            json.writeStartObject();
            if (!channel.isEmpty()) {
                json.writeStringField("channel", channel);
            }
            json.writeStringField("username", username);
            json.writeArrayFieldStart("attachments");
            writeAttachment(json, event);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** The text as Slack wants it, with its three special characters as entities, none of them cut in two. */
    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            String piece = switch (c) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                default -> Character.toString(c);
            };
            boolean last = i + Character.charCount(c) == text.length();
            if (escaped.length() + piece.length() > Text.MAX_MESSAGE - (last ? 0 : 1)) {
                return escaped.append('…').toString();
            }
            escaped.append(piece);
            i += Character.charCount(c);
        }
        return escaped.toString();
    }

    private static void writeAttachment(JsonGenerator json, Event event) throws IOException {
        String label = Text.label(event);
        String firstLine = event.message().lines().findFirst().orElse("");
        json.writeStartObject();
        json.writeStringField("fallback", escape(label + ": " + firstLine));
        json.writeStringField("color", event.severity() == Severity.ERROR ? "danger" : "good");
        json.writeStringField("author_name", escape(label));
        json.writeStringField("text", escape(event.message()));
        json.writeArrayFieldStart("mrkdwn_in");
        json.writeString("text");
        json.writeEndArray();
        json.writeArrayFieldStart("fields");
        for (Map.Entry<String, String> entry : Metadata.sent(event).entrySet()) {
            json.writeStartObject();
            json.writeStringField("title", escape(entry.getKey()));
            json.writeStringField("value", escape(entry.getValue()));
            json.writeBooleanField("short", false);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
