package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.testkit.internal.http.HttpExchange;
import io.gitopstoolkit.testkit.internal.http.HttpExchange.Arrival;
import io.gitopstoolkit.testkit.internal.http.HttpResponse;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.web.Effect;
import io.gitopstoolkit.testkit.internal.web.Effect.Manner;
import java.io.IOException;
import java.util.Map;

/** Lets a request go wrong. */
final class FaultPlayer {
    private static final String JSON = "application/json";
    private static final Map<Integer, String> REASONS = Map.of(
            400, "BadRequest",
            401, "Unauthorized",
            403, "Forbidden",
            404, "NotFound",
            409, "Conflict",
            410, "Expired",
            429, "TooManyRequests",
            500, "InternalError",
            503, "ServiceUnavailable",
            504, "Timeout");

    private FaultPlayer() {}

    /** Plays it; tells whether the request is to be answered as usual. */
    static boolean play(Effect effect, HttpExchange exchange) throws IOException {
        if (!effect.delay().isZero()) {
            try {
                Deadline.Ticker.SYSTEM.sleep(effect.delay());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        switch (effect.manner()) {
            case STATUS -> exchange.respond(withHeaders(failure(effect.status()), effect));
            case REDIRECT -> exchange.respond(withHeaders(new HttpResponse(effect.status(), JSON, ""), effect));
            case HANG -> exchange.awaitClientClose();
            case LOSE -> exchange.arrives(Arrival.NOTHING);
            case TRUNCATE -> exchange.arrives(Arrival.HALF);
            default -> {}
        }
        exchange.change(response -> changed(withHeaders(response, effect), effect.manner()));
        return effect.manner().takesPlace();
    }

    /** The status object of a failure that a test asked for. */
    static Map<String, Object> status(int code) {
        Map<String, Object> status = Tree.of("kind", "Status", "apiVersion", "v1", "metadata", Tree.of());
        status.put("status", "Failure");
        status.put("message", "a failure that the test asked for");
        if (REASONS.containsKey(code)) {
            status.put("reason", REASONS.get(code));
        }
        status.put("code", (long) code);
        return status;
    }

    private static HttpResponse failure(int code) {
        return new HttpResponse(code, JSON, Json.print(status(code)));
    }

    private static HttpResponse withHeaders(HttpResponse response, Effect effect) {
        HttpResponse changed = response;
        for (Map.Entry<String, String> header : effect.headers().entrySet()) {
            changed = changed.with(header.getKey(), header.getValue());
        }
        return changed;
    }

    private static HttpResponse changed(HttpResponse response, Manner manner) {
        String body = response.body();
        int middle = body.length() / 2;
        if (body.isEmpty() || (manner != Manner.SHORTEN && manner != Manner.CORRUPT)) {
            return response;
        }
        String other = manner == Manner.SHORTEN
                ? body.substring(0, middle)
                : body.substring(0, middle) + (char) (body.charAt(middle) ^ 1) + body.substring(middle + 1);
        return new HttpResponse(response.status(), response.contentType(), response.headers(), other);
    }
}
