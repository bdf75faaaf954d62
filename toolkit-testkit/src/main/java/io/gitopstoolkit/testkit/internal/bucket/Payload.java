package io.gitopstoolkit.testkit.internal.bucket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be stored: the body of a request, or what its chunks hold, with the checksums that came with it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">signed chunks</a>
 */
final class Payload {
    private static final String EMPTY_HASH = HexFormat.of().formatHex(Checksums.digest("SHA-256", new byte[0]));

    private final byte[] bytes;
    private final Map<String, String> checksums;

    private Payload(byte[] bytes, Map<String, String> checksums) {
        this.bytes = bytes;
        this.checksums = checksums;
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Headers with the checksums of the bytes, which have been checked. */
    Map<String, String> checksums() {
        return checksums;
    }

    /**
     * Reads it, and checks lengths, signatures of chunks and checksums.
     *
     * @param proof of the request; null where it was not signed
     */
    static Payload read(WebRequest request, BucketAccess.@Nullable Proof proof) {
        var given = new LinkedHashMap<String, String>();
        for (String name : request.headers().keySet()) {
            if (name.startsWith(Checksums.PREFIX) || name.equals("content-md5")) {
                given.put(name, request.header(name));
            }
        }
        byte[] bytes = request.body();
        if (request.header("X-Amz-Content-Sha256").startsWith("STREAMING-")) {
            bytes = new Chunks(request, proof).read(given);
        }
        return new Payload(bytes, Checksums.checked(given, bytes));
    }

    /** The chunks of one body. */
    private static final class Chunks {
        private final byte[] body;
        private final BucketAccess.@Nullable Proof proof;
        private final boolean signed;
        private final String expected;
        private String before;
        private int at;

        Chunks(WebRequest request, BucketAccess.@Nullable Proof proof) {
            this.body = request.body();
            this.proof = proof;
            this.signed = request.header("X-Amz-Content-Sha256").startsWith("STREAMING-AWS4-");
            this.expected = request.header("X-Amz-Decoded-Content-Length");
            this.before = proof == null ? "" : proof.signature().value();
        }

        byte[] read(Map<String, String> trailers) {
            var bytes = new ByteArrayOutputStream();
            int size;
            do {
                String[] head = line().split(";", 2);
                size = size(head[0]);
                byte[] chunk = Arrays.copyOfRange(body, at, at + size);
                at += size;
                checkSignature(head, chunk);
                bytes.writeBytes(chunk);
                if (size > 0) {
                    line();
                }
            } while (size > 0);
            readTrailers(trailers);
            if (!expected.isEmpty() && !expected.equals(Integer.toString(bytes.size()))) {
                throw incomplete();
            }
            return bytes.toByteArray();
        }

        private void checkSignature(String[] head, byte[] chunk) {
            if (!signed || proof == null) {
                return;
            }
            String given = head.length < 2 ? "" : head[1].replace("chunk-signature=", "");
            checkSignature(given, Signature.ALGORITHM + "-PAYLOAD", EMPTY_HASH + '\n' + hash(chunk));
        }

        private void checkSignature(String given, String algorithm, String content) {
            BucketAccess.Proof of = proof;
            if (of == null) {
                return;
            }
            String text = String.join(
                    "\n", algorithm, of.signature().timeText(), of.signature().scope(), before, content);
            String calculated = of.signature().sign(of.key(), text);
            if (!calculated.equals(given)) {
                throw new S3Exception(
                        403,
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided. "
                                + "Check your key and signing method.");
            }
            before = calculated;
        }

        private void readTrailers(Map<String, String> trailers) {
            var signedText = new StringBuilder();
            while (at < body.length) {
                String line = line();
                int colon = line.indexOf(':');
                if (colon < 0) {
                    continue;
                }
                String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
                String value = line.substring(colon + 1).trim();
                if (name.equals("x-amz-trailer-signature")) {
                    checkSignature(
                            value,
                            Signature.ALGORITHM + "-TRAILER",
                            hash(signedText.toString().getBytes(UTF_8)));
                } else {
                    trailers.put(name, value);
                    signedText.append(name).append(':').append(value).append('\n');
                }
            }
        }

        private static String hash(byte[] bytes) {
            return HexFormat.of().formatHex(Checksums.digest("SHA-256", bytes));
        }

        private int size(String hex) {
            try {
                int size = Integer.parseInt(hex.trim(), 16);
                if (size >= 0 && at + size <= body.length) {
                    return size;
                }
            } catch (NumberFormatException e) {
                // answered below
            }
            throw incomplete();
        }

        /** The next line, without its end. */
        private String line() {
            int end = at;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            String line = new String(body, at, end - at, ISO_8859_1);
            at = Math.min(body.length, end + 1);
            return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        }

        private static S3Exception incomplete() {
            return new S3Exception(
                    400,
                    "IncompleteBody",
                    "You did not provide the number of bytes specified by the Content-Length HTTP header");
        }
    }
}
