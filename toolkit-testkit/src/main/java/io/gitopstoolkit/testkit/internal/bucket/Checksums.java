package io.gitopstoolkit.testkit.internal.bucket;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The checksums that come with an object, which have to be those of its bytes.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">object integrity</a>
 */
final class Checksums {
    static final String PREFIX = "x-amz-checksum-";

    private static final List<String> ALGORITHMS = List.of("crc32", "crc32c", "crc64nvme", "sha1", "sha256");

    /** The polynomial of NVM Express, its bits in reverse. */
    private static final long CRC64_NVME = 0x9A6C9329AC4BC9B5L;

    private Checksums() {}

    /**
     * The checksums among those headers or trailers.
     *
     * @throws S3Exception if one is not that of the bytes
     */
    static Map<String, String> checked(Map<String, String> given, byte[] bytes) {
        var checksums = new LinkedHashMap<String, String>();
        for (String algorithm : ALGORITHMS) {
            String value = given.get(PREFIX + algorithm);
            if (value == null) {
                continue;
            }
            if (!value.equals(of(algorithm, bytes))) {
                String name = algorithm.toUpperCase(Locale.ROOT);
                throw new S3Exception(
                        400, "BadDigest", "The " + name + " you specified did not match the calculated checksum.");
            }
            checksums.put(PREFIX + algorithm, value);
        }
        checkMd5(given.getOrDefault("content-md5", ""), bytes);
        return checksums;
    }

    static String md5(byte[] bytes) {
        return HexFormat.of().formatHex(digest("MD5", bytes));
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** The value of a checksum header. */
    static String of(String algorithm, byte[] bytes) {
        return Base64.getEncoder()
                .encodeToString(
                        switch (algorithm) {
                            case "crc32" -> crc(new CRC32(), bytes);
                            case "crc32c" -> crc(new CRC32C(), bytes);
                            case "crc64nvme" ->
                                ByteBuffer.allocate(8).putLong(crc64(bytes)).array();
                            case "sha1" -> digest("SHA-1", bytes);
                            default -> digest("SHA-256", bytes);
                        });
    }

    private static void checkMd5(String given, byte[] bytes) {
        if (!given.isEmpty() && !given.equals(Base64.getEncoder().encodeToString(digest("MD5", bytes)))) {
            throw new S3Exception(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
    }

    private static byte[] crc(Checksum checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
        return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
    }

    private static long crc64(byte[] bytes) {
        long crc = -1;
        for (byte each : bytes) {
            crc ^= each & 255;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CRC64_NVME;
            }
        }
        return ~crc;
    }
}
