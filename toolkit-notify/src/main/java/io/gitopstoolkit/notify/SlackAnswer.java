package io.gitopstoolkit.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gitopstoolkit.notify.NotifyException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answer of Slack's API, which is 200 with {@code {"ok":false,"error":"..."}} where something is wrong. */
final class SlackAnswer {
    private static final JsonFactory JSON = new JsonFactory();

    private SlackAnswer() {}

    static @Nullable Problem problem(byte[] body, Mask mask) {
        boolean ok = false;
        String error = "";
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return notSlack(body, mask);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("ok")) {
                    ok = value == JsonToken.VALUE_TRUE;
                } else if (field.equals("error") && value == JsonToken.VALUE_STRING) {
                    error = json.getText();
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            return notSlack(body, mask);
        }
        return ok ? null : problem(error, mask);
    }

    private static Problem problem(String error, Mask mask) {
        String said = Problem.excerpt(error.getBytes(StandardCharsets.UTF_8), mask);
        return switch (error) {
            case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired" ->
                new Problem(Reason.UNAUTHORIZED, "does not accept the bot's token" + said);
            case "missing_scope", "no_permission", "not_allowed_token_type", "access_denied" ->
                new Problem(Reason.UNAUTHORIZED, "wants the bot to have the scope chat:write" + said);
            case "channel_not_found", "is_archived" ->
                new Problem(Reason.NOT_FOUND, "does not know the channel, or it is archived" + said);
            case "not_in_channel" -> new Problem(Reason.REJECTED, "wants the bot to be invited to the channel" + said);
            case "ratelimited", "rate_limited" ->
                new Problem(Reason.RATE_LIMITED, "takes no more events for now" + said);
            case "internal_error", "fatal_error", "service_unavailable", "request_timeout" ->
                new Problem(Reason.RECEIVER_FAILED, "failed" + said);
            default -> new Problem(Reason.REJECTED, "rejects the event" + said);
        };
    }

    private static Problem notSlack(byte[] body, Mask mask) {
        return new Problem(
                Reason.REJECTED, "does not answer as Slack does; check the address" + Problem.excerpt(body, mask));
    }
}
