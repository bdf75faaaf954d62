package io.gitopstoolkit.notify;

import io.gitopstoolkit.api.Retry;
import io.gitopstoolkit.notify.NotifyException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with one request.
 *
 * @param text what the receiver did, as the rest of a sentence that begins with its name
 * @param retryAfter the pause that the receiver asked for, or null
 */
record Problem(
        Reason why,
        String text,
        @Nullable Throwable cause,
        @Nullable Duration retryAfter) {
    private static final int EXCERPT = 200;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    Problem(Reason why, String text) {
        this(why, text, null, null);
    }

    /** Whether the same request may succeed later. */
    boolean isPassing() {
        return why.retry() == Retry.BACK_OFF;
    }

    /** Why a request had no answer. */
    static Problem of(IOException failure, Duration limit) {
        if (failure instanceof HttpTimeoutException) {
            return new Problem(Reason.NO_ANSWER, "did not answer within " + text(limit), failure, null);
        }
        if (has(failure, CertificateException.class)) {
            return new Problem(
                    Reason.UNTRUSTED,
                    "shows a certificate that is not trusted; give the transport an SSLContext that trusts it, or"
                            + " correct the host name",
                    failure,
                    null);
        }
        if (has(failure, SSLException.class)) {
            return new Problem(
                    Reason.UNREACHABLE, "does not agree on TLS; check that its port speaks it", failure, null);
        }
        if (has(failure, UnresolvedAddressException.class)) {
            return new Problem(Reason.UNREACHABLE, "has a host name that is not known; check it", failure, null);
        }
        if (has(failure, ConnectException.class)) {
            return new Problem(
                    Reason.UNREACHABLE, "refuses the connection; check its address, and that it runs", failure, null);
        }
        return new Problem(Reason.UNREACHABLE, "broke the connection", failure, null);
    }

    /** What an answer says that is not a success; null for one that is. */
    static @Nullable Problem of(HttpResponse<byte[]> answer, Mask mask) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return null;
        }
        String said = " (" + status + excerpt(answer.body(), mask) + ")";
        if (status < 400) {
            return new Problem(Reason.REJECTED, "redirects" + target(answer) + said + ", which is not followed");
        }
        return switch (status) {
            case 401, 403 -> new Problem(Reason.UNAUTHORIZED, "does not accept the credentials" + said);
            case 404, 410 -> new Problem(Reason.NOT_FOUND, "has nothing at this address" + said);
            case 413 -> new Problem(Reason.REJECTED, "finds the event too large" + said);
            case 429 ->
                new Problem(Reason.RATE_LIMITED, "takes no more events for now" + said, null, retryAfter(answer));
            case 501 -> new Problem(Reason.REJECTED, "does not take events in this way" + said);
            case 503 -> new Problem(Reason.RECEIVER_FAILED, "is not available" + said, null, retryAfter(answer));
            default ->
                status < 500
                        ? new Problem(Reason.REJECTED, "rejects the event" + said)
                        : new Problem(Reason.RECEIVER_FAILED, "failed" + said);
        };
    }

    /** The beginning of an answer as printable text without secrets, after a colon; empty for an empty one. */
    static String excerpt(byte[] body, Mask mask) {
        String text = mask.apply(new String(body, StandardCharsets.UTF_8));
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.isEmpty()) {
            return "";
        }
        return ": " + (line.length() <= EXCERPT ? line : Text.limit(line, EXCERPT));
    }

    private static String target(HttpResponse<?> answer) {
        Optional<String> location = answer.headers().firstValue("Location");
        try {
            URI target = answer.request().uri().resolve(location.orElse(""));
            return target.getHost() == null ? "" : " to " + Address.origin(target);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** {@code Retry-After} in seconds, or as a date relative to the answer's own; a wrong clock here does not matter. */
    private static @Nullable Duration retryAfter(HttpResponse<?> answer) {
        HttpHeaders headers = answer.headers();
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Duration time = Duration.between(date(headers.firstValue("Date").orElse("")), date(value));
            return time.isNegative() ? Duration.ZERO : time;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static ZonedDateTime date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < 20; depth++) {
            if (type.isInstance(each)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
