package io.gitopstoolkit.testkit.internal.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who may ask: those who sign with a key that is known, and everybody where a bucket is open. Safe between threads. */
public final class BucketAccess {
    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final String region;
    private final Clock clock;

    private record Key(Secret secret, @Nullable Secret token) {}

    /** What the signature of the chunks of a body follows on; null where they have none. */
    record Proof(Signature signature, Secret key) {}

    /** Access to buckets of that region. */
    public BucketAccess(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /** From now on takes this key, with a session token or without. */
    public void add(String keyId, Secret secret, @Nullable Secret token) {
        keys.put(keyId, new Key(secret, token));
    }

    /** From now on lets everybody read this bucket. */
    public void open(String bucket) {
        open.add(bucket);
    }

    String region() {
        return region;
    }

    /**
     * Checks a request, its body included.
     *
     * @throws S3Exception if it is not let in
     */
    @Nullable
    Proof check(WebRequest request, String bucket) {
        if (!Signature.isIn(request)) {
            boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
            if (!reads || !open.contains(bucket)) {
                throw denied("Access Denied");
            }
            return null;
        }
        Signature signature = Signature.read(request);
        Key key = keys.get(signature.keyId());
        if (key == null) {
            throw new S3Exception(
                            403,
                            "InvalidAccessKeyId",
                            "The AWS Access Key Id you provided does not exist in our records.")
                    .with("AWSAccessKeyId", signature.keyId());
        }
        checkToken(request, signature, key);
        checkScope(signature);
        checkTime(signature);
        checkSignature(request, signature, key.secret());
        checkPayload(request, signature);
        return new Proof(signature, key.secret());
    }

    private static void checkToken(WebRequest request, Signature signature, Key key) {
        String given = signature.inQuery()
                ? request.parameter("X-Amz-Security-Token")
                : request.header("X-Amz-Security-Token");
        boolean fits = key.token() == null ? given.isEmpty() : key.token().equals(Secret.of(given));
        if (!fits) {
            throw new S3Exception(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
        }
    }

    private void checkScope(Signature signature) {
        if (!signature.region().equals(region)) {
            throw new S3Exception(
                            400,
                            "AuthorizationHeaderMalformed",
                            "The authorization header is malformed; the region '" + signature.region()
                                    + "' is wrong; expecting '" + region + "'")
                    .with("Region", region);
        }
        if (!signature.scope().endsWith('/' + region + "/s3/aws4_request")) {
            throw new S3Exception(
                    400,
                    "AuthorizationHeaderMalformed",
                    "The authorization header is malformed; incorrect service. This endpoint belongs to \"s3\".");
        }
        if (!signature.timeText().startsWith(signature.date())) {
            throw new S3Exception(
                    400,
                    "AuthorizationHeaderMalformed",
                    "The authorization header is malformed; Invalid credential date \"" + signature.date()
                            + "\". This date is not the same as X-Amz-Date: \"" + signature.timeText() + "\".");
        }
    }

    private void checkTime(Signature signature) {
        Duration age = Duration.between(signature.time(), clock.instant());
        if (signature.inQuery()) {
            if (age.compareTo(signature.life()) > 0) {
                throw denied("Request has expired");
            }
            if (age.negated().compareTo(Signature.SKEW) > 0) {
                throw denied("Request is not valid yet");
            }
        } else if (age.abs().compareTo(Signature.SKEW) > 0) {
            throw new S3Exception(
                            403,
                            "RequestTimeTooSkewed",
                            "The difference between the request time and the current time is too large.")
                    .with("RequestTime", signature.timeText())
                    .with("ServerTime", clock.instant().toString())
                    .with("MaxAllowedSkewMilliseconds", Long.toString(Signature.SKEW.toMillis()));
        }
    }

    private static void checkSignature(WebRequest request, Signature signature, Secret key) {
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            boolean asksForSignature =
                    header.getKey().equals("host") || header.getKey().startsWith("x-amz-");
            if (asksForSignature
                    && !signature.inQuery()
                    && !signature.signedHeaders().contains(header.getKey())) {
                throw denied("There were headers present in the request which were not signed");
            }
        }
        String canonical = signature.canonicalRequest(request);
        String toSign = signature.stringToSign(canonical);
        byte[] expected = signature.sign(key, toSign).getBytes(UTF_8);
        if (!MessageDigest.isEqual(expected, signature.value().getBytes(UTF_8))) {
            throw new S3Exception(
                            403,
                            "SignatureDoesNotMatch",
                            "The request signature we calculated does not match the signature you provided. "
                                    + "Check your key and signing method.")
                    .with("AWSAccessKeyId", signature.keyId())
                    .with("StringToSign", toSign)
                    .with("SignatureProvided", signature.value())
                    .with("CanonicalRequest", canonical);
        }
    }

    private static void checkPayload(WebRequest request, Signature signature) {
        String hash = signature.payload().toLowerCase(Locale.ROOT);
        boolean isHash = hash.matches("[0-9a-f]{64}");
        if (isHash && !hash.equals(HexFormat.of().formatHex(Checksums.digest("SHA-256", request.body())))) {
            throw new S3Exception(
                    400,
                    "XAmzContentSHA256Mismatch",
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
        if (signature.payload().isEmpty()) {
            throw new S3Exception(
                    400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
        }
    }

    private static S3Exception denied(String message) {
        return new S3Exception(403, "AccessDenied", message);
    }
}
