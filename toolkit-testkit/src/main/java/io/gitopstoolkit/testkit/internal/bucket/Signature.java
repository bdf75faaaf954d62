package io.gitopstoolkit.testkit.internal.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a request says of who sent it: signature version 4, in the header {@code Authorization} or in the query.
 *
 * @param scope date, region, service and {@code aws4_request} with slashes between
 * @param signedHeaders in lower case
 * @param payload the hash of the body, or the word that stands for it
 * @param life how long it is good, for one in the query
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html">Signature Version 4</a>
 */
record Signature(
        String keyId,
        String scope,
        List<String> signedHeaders,
        String value,
        Instant time,
        String payload,
        Duration life,
        boolean inQuery) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final Duration SKEW = Duration.ofMinutes(15);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    /** Whether the request has a signature at all. */
    static boolean isIn(WebRequest request) {
        return !request.header("Authorization").isEmpty() || request.has("X-Amz-Algorithm");
    }

    /**
     * Reads it.
     *
     * @throws S3Exception if it is none
     */
    static Signature read(WebRequest request) {
        return request.header("Authorization").isEmpty() ? ofQuery(request) : ofHeader(request);
    }

    private static Signature ofHeader(WebRequest request) {
        String header = request.header("Authorization");
        if (!header.startsWith(ALGORITHM)) {
            throw new S3Exception(
                    400,
                    "InvalidRequest",
                    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
        }
        var parts = new LinkedHashMap<String, String>();
        for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            }
        }
        String time = request.header("X-Amz-Date");
        return of(request, parts, time, request.header("X-Amz-Content-Sha256"), Duration.ZERO);
    }

    private static Signature ofQuery(WebRequest request) {
        if (!request.parameter("X-Amz-Algorithm").equals(ALGORITHM)) {
            throw malformed("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
        }
        var parts = Map.of(
                "Credential", request.parameter("X-Amz-Credential"),
                "SignedHeaders", request.parameter("X-Amz-SignedHeaders"),
                "Signature", request.parameter("X-Amz-Signature"));
        try {
            Duration life = Duration.ofSeconds(Long.parseLong(request.parameter("X-Amz-Expires")));
            if (life.isNegative() || life.compareTo(Duration.ofDays(7)) > 0) {
                throw malformed("X-Amz-Expires must be less than a week (in seconds) that is 604800");
            }
            return of(request, parts, request.parameter("X-Amz-Date"), "UNSIGNED-PAYLOAD", life);
        } catch (NumberFormatException e) {
            throw malformed("X-Amz-Expires should be a number");
        }
    }

    private static Signature of(
            WebRequest request, Map<String, String> parts, String time, String payload, Duration life) {
        String credential = parts.getOrDefault("Credential", "");
        String headers = parts.getOrDefault("SignedHeaders", "");
        String value = parts.getOrDefault("Signature", "");
        int slash = credential.indexOf('/');
        boolean complete = slash > 0 && credential.split("/", -1).length == 5 && !headers.isEmpty() && !value.isEmpty();
        if (!complete) {
            throw malformed("The authorization header is malformed; the Credential is mal-formed; "
                    + "expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        }
        try {
            Instant instant = LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
            return new Signature(
                    credential.substring(0, slash),
                    credential.substring(slash + 1),
                    List.of(headers.split(";", -1)),
                    value,
                    instant,
                    payload,
                    life,
                    request.header("Authorization").isEmpty());
        } catch (DateTimeParseException e) {
            throw new S3Exception(403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
        }
    }

    String region() {
        return scope.split("/", -1)[1];
    }

    String date() {
        return scope.split("/", -1)[0];
    }

    String timeText() {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    /** What a request looks like to the signer. */
    String canonicalRequest(WebRequest request) {
        var text = new StringBuilder(request.method())
                .append('\n')
                .append(encode(request.path(), true))
                .append('\n')
                .append(canonicalQuery(request))
                .append('\n');
        for (String name : signedHeaders) {
            text.append(name)
                    .append(':')
                    .append(request.header(name).trim().replaceAll(" +", " "))
                    .append('\n');
        }
        return text.append('\n')
                .append(String.join(";", signedHeaders))
                .append('\n')
                .append(payload)
                .toString();
    }

    /** What is signed. */
    String stringToSign(String canonicalRequest) {
        return String.join(
                "\n",
                ALGORITHM,
                timeText(),
                scope,
                HexFormat.of().formatHex(Checksums.digest("SHA-256", canonicalRequest.getBytes(UTF_8))));
    }

    /** The signature of a text by the key of this scope. */
    String sign(Secret key, String text) {
        byte[] derived = ("AWS4" + key.reveal()).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            derived = hmac(derived, part);
        }
        return HexFormat.of().formatHex(hmac(derived, text));
    }

    private String canonicalQuery(WebRequest request) {
        var pairs = new ArrayList<String>();
        for (String pair : request.rawQuery().split("&", -1)) {
            if (!pair.isEmpty() && !pair.startsWith("X-Amz-Signature=")) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                pairs.add(encode(name, false) + '=' + encode(value, false));
            }
        }
        return String.join("&", pairs.stream().sorted().toList());
    }

    private static String decoded(String text) {
        return new WebRequest("GET", text, Map.of(), new byte[0]).path();
    }

    /** As AWS encodes: all but letters, digits and {@code -._~}. */
    static String encode(String text, boolean keepsSlash) {
        var out = new StringBuilder();
        for (byte each : text.getBytes(UTF_8)) {
            char c = (char) (each & 255);
            if ((c < 128 && Character.isLetterOrDigit(c)) || "-._~".indexOf(c) >= 0 || (c == '/' && keepsSlash)) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return out.toString();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static S3Exception malformed(String message) {
        return new S3Exception(400, "AuthorizationHeaderMalformed", message);
    }
}
