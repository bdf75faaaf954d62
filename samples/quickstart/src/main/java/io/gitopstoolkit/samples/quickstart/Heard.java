package io.gitopstoolkit.samples.quickstart;

import io.gitopstoolkit.testkit.WebhookServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What arrived at the webhook that the sample serves. */
record Heard(WebhookServer listener) {
    private static final Pattern FIELD = Pattern.compile("\"(severity|reason)\":\"([^\"]*)\"");

    void print(Console console) {
        console.title("What the webhook heard");
        for (WebhookServer.Request request : listener.requests()) {
            var fields = new StringBuilder();
            Matcher field = FIELD.matcher(request.body());
            while (field.find()) {
                fields.append(fields.isEmpty() ? "" : " ").append(field.group(2));
            }
            console.line(request.method(), fields + ", " + request.body().length() + " bytes");
        }
    }
}
