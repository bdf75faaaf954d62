package io.gitopstoolkit.testkit.internal.bucket;

import io.gitopstoolkit.testkit.internal.web.Ranges;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reading objects: whole, in parts, and on conditions.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>
 */
final class ObjectReads {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private static final Map<String, String> OVERRIDES = Map.of(
            "response-content-type", "content-type",
            "response-content-disposition", "content-disposition",
            "response-content-encoding", "content-encoding",
            "response-content-language", "content-language",
            "response-cache-control", "cache-control",
            "response-expires", "expires");

    private ObjectReads() {}

    static WebAnswer answer(WebRequest request, StoredObject object) {
        WebAnswer whole = WebAnswer.of(200, "binary/octet-stream", object.bytes());
        boolean tellsChecksums = request.header("X-Amz-Checksum-Mode").equalsIgnoreCase("ENABLED")
                && request.header("Range").isEmpty();
        for (Map.Entry<String, String> header : object.headers().entrySet()) {
            if (tellsChecksums || !header.getKey().startsWith(Checksums.PREFIX)) {
                whole = whole.with(name(header.getKey()), header.getValue());
            }
        }
        for (Map.Entry<String, String> override : OVERRIDES.entrySet()) {
            if (request.has(override.getKey())) {
                whole = whole.with(name(override.getValue()), request.parameter(override.getKey()));
            }
        }
        whole = whole.with("Accept-Ranges", "bytes")
                .with("ETag", object.quotedTag())
                .with("Last-Modified", date(object.modified()));
        return conditional(request, object, whole);
    }

    static String date(Instant time) {
        return DATE.format(time.atOffset(ZoneOffset.UTC));
    }

    private static WebAnswer conditional(WebRequest request, StoredObject object, WebAnswer whole) {
        String match = request.header("If-Match");
        if (!match.isEmpty() && !fits(match, object)) {
            throw failed("If-Match");
        }
        Instant unmodified = time(request.header("If-Unmodified-Since"));
        if (match.isEmpty() && unmodified != null && object.modified().isAfter(unmodified)) {
            throw failed("If-Unmodified-Since");
        }
        String none = request.header("If-None-Match");
        Instant since = time(request.header("If-Modified-Since"));
        boolean same = none.isEmpty() ? since != null && !object.modified().isAfter(since) : fits(none, object);
        if (same) {
            return WebAnswer.of(304).with("ETag", object.quotedTag()).with("Last-Modified", date(object.modified()));
        }
        WebAnswer part = Ranges.apply(request, whole);
        if (part.status() == 416) {
            throw new S3Exception(416, "InvalidRange", "The requested range is not satisfiable")
                    .with("RangeRequested", request.header("Range"))
                    .with("ActualObjectSize", Integer.toString(object.bytes().length));
        }
        return part;
    }

    /** Whether one of the tags of a condition is the object's. */
    static boolean fits(String condition, StoredObject object) {
        return List.of(condition.replace(" ", "").replace("\"", "").split(",", -1)).stream()
                .anyMatch(tag -> tag.equals("*") || tag.equals(object.etag()));
    }

    static S3Exception failed(String condition) {
        return new S3Exception(
                        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition);
    }

    private static @Nullable Instant time(String date) {
        try {
            return date.isEmpty()
                    ? null
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeParseException e) {
            return null; // a date that is none is no condition
        }
    }

    /** As most clients expect to read it: {@code x-amz-meta-owner} stays, {@code content-type} becomes {@code Content-Type}. */
    private static String name(String header) {
        return header.equals("content-type") ? "Content-Type" : header;
    }
}
