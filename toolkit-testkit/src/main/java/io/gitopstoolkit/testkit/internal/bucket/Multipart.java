package io.gitopstoolkit.testkit.internal.bucket;

import io.gitopstoolkit.testkit.internal.web.Ranges;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Objects that come in parts.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">multipart upload</a>
 */
final class Multipart {
    private static final int MOST_PARTS = 10_000;
    private static final int LEAST_BYTES = 5 << 20;

    private final BucketStore store;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    private record Upload(String bucket, String key, Map<String, String> headers, Map<Integer, StoredObject> parts) {}

    Multipart(BucketStore store) {
        this.store = store;
    }

    WebAnswer begin(WebRequest request, String bucket, String key) {
        store.require(bucket);
        String id = UUID.randomUUID().toString().replace("-", "");
        uploads.put(id, new Upload(bucket, key, ObjectWrites.kept(request), new ConcurrentSkipListMap<>()));
        String xml = new Xml("InitiateMultipartUploadResult", Xml.NAMESPACE)
                .text("Bucket", bucket)
                .text("Key", key)
                .text("UploadId", id)
                .end();
        return WebAnswer.of(200, "application/xml", xml);
    }

    WebAnswer put(WebRequest request, String bucket, String key, Payload payload) {
        StoredObject part = part(payload.bytes());
        upload(request, bucket, key).parts().put(number(request), part);
        return WebAnswer.of(200).with("ETag", part.quotedTag()).with(payload.checksums());
    }

    /** A part that is copied from an object, or from a range of it. */
    WebAnswer copy(WebRequest request, String bucket, String key, StoredObject source) {
        String range = request.header("X-Amz-Copy-Source-Range");
        var ranged =
                new WebRequest("GET", "/", range.isEmpty() ? Map.of() : Map.of("range", List.of(range)), new byte[0]);
        byte[] bytes =
                Ranges.apply(ranged, WebAnswer.of(200, "", source.bytes())).body();
        StoredObject part = part(bytes);
        upload(request, bucket, key).parts().put(number(request), part);
        String xml = new Xml("CopyPartResult", Xml.NAMESPACE)
                .text("LastModified", Listings.time(source.modified()))
                .text("ETag", part.quotedTag())
                .end();
        return WebAnswer.of(200, "application/xml", xml);
    }

    WebAnswer complete(WebRequest request, String bucket, String key) {
        Upload upload = upload(request, bucket, key);
        var parts = new TreeMap<Integer, StoredObject>();
        for (Map<String, String> asked : Xml.read(request.body(), "Part")) {
            int number = Integer.parseInt(asked.getOrDefault("PartNumber", "0").trim());
            StoredObject part = upload.parts().get(number);
            if (part == null || !ObjectReads.fits(asked.getOrDefault("ETag", ""), part)) {
                throw new S3Exception(
                        400,
                        "InvalidPart",
                        "One or more of the specified parts could not be found.  The part may not have been uploaded, "
                                + "or the specified entity tag may not match the part's entity tag.");
            }
            if (!parts.isEmpty() && number <= parts.lastKey()) {
                throw new S3Exception(
                        400,
                        "InvalidPartOrder",
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            parts.put(number, part);
        }
        StoredObject object = join(upload, parts);
        uploads.remove(request.parameter("uploadId"));
        String xml = new Xml("CompleteMultipartUploadResult", Xml.NAMESPACE)
                .text("Location", "/" + bucket + '/' + key)
                .text("Bucket", bucket)
                .text("Key", key)
                .text("ETag", object.quotedTag())
                .end();
        return WebAnswer.of(200, "application/xml", xml);
    }

    WebAnswer abort(WebRequest request, String bucket, String key) {
        upload(request, bucket, key);
        uploads.remove(request.parameter("uploadId"));
        return WebAnswer.of(204);
    }

    WebAnswer parts(WebRequest request, String bucket, String key) {
        var xml = new Xml("ListPartsResult", Xml.NAMESPACE)
                .text("Bucket", bucket)
                .text("Key", key)
                .text("UploadId", request.parameter("uploadId"))
                .text("MaxParts", "10000")
                .text("IsTruncated", "false");
        upload(request, bucket, key)
                .parts()
                .forEach((number, part) -> xml.open("Part")
                        .text("PartNumber", Integer.toString(number))
                        .text("ETag", part.quotedTag())
                        .text("Size", Integer.toString(part.bytes().length))
                        .close());
        return WebAnswer.of(200, "application/xml", xml.end());
    }

    WebAnswer list(String bucket) {
        store.require(bucket);
        var xml = new Xml("ListMultipartUploadsResult", Xml.NAMESPACE)
                .text("Bucket", bucket)
                .text("MaxUploads", "1000")
                .text("IsTruncated", "false");
        new TreeMap<>(uploads).forEach((id, upload) -> {
            if (upload.bucket().equals(bucket)) {
                xml.open("Upload")
                        .text("Key", upload.key())
                        .text("UploadId", id)
                        .close();
            }
        });
        return WebAnswer.of(200, "application/xml", xml.end());
    }

    private StoredObject join(Upload upload, SortedMap<Integer, StoredObject> parts) {
        var bytes = new ByteArrayOutputStream();
        var digests = new ByteArrayOutputStream();
        for (Map.Entry<Integer, StoredObject> part : parts.entrySet()) {
            boolean small = part.getValue().bytes().length < LEAST_BYTES;
            if (small && !part.getKey().equals(parts.lastKey())) {
                throw new S3Exception(
                                400,
                                "EntityTooSmall",
                                "Your proposed upload is smaller than the minimum allowed object size.")
                        .with("PartNumber", part.getKey().toString());
            }
            bytes.writeBytes(part.getValue().bytes());
            digests.writeBytes(HexFormat.of().parseHex(part.getValue().etag()));
        }
        if (parts.isEmpty()) {
            throw new S3Exception(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        String etag = Checksums.md5(digests.toByteArray()) + '-' + parts.size();
        return store.put(upload.bucket(), upload.key(), bytes.toByteArray(), etag, upload.headers());
    }

    private Upload upload(WebRequest request, String bucket, String key) {
        Upload upload = uploads.get(request.parameter("uploadId"));
        if (upload == null || !upload.bucket().equals(bucket) || !upload.key().equals(key)) {
            throw new S3Exception(
                            404,
                            "NoSuchUpload",
                            "The specified upload does not exist. The upload ID may be invalid, "
                                    + "or the upload may have been aborted or completed.")
                    .with("UploadId", request.parameter("uploadId"));
        }
        return upload;
    }

    private static int number(WebRequest request) {
        try {
            int number = Integer.parseInt(request.parameter("partNumber"));
            if (number >= 1 && number <= MOST_PARTS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw S3Exception.invalidArgument("Part number must be an integer between 1 and 10000, inclusive");
    }

    private static StoredObject part(byte[] bytes) {
        return new StoredObject(bytes, Checksums.md5(bytes), Map.of(), Instant.EPOCH);
    }
}
