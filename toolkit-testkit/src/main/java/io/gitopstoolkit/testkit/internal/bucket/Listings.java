package io.gitopstoolkit.testkit.internal.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/**
 * What is in a bucket, by pages.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>
 */
final class Listings {
    private static final int MOST_KEYS = 1000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    private final BucketStore store;

    Listings(BucketStore store) {
        this.store = store;
    }

    /** A page of keys and of what they have in common up to the delimiter. */
    private static final class Page {
        private final List<Map.Entry<String, StoredObject>> objects = new ArrayList<>();
        private final Set<String> prefixes = new LinkedHashSet<>();
        private String last = "";
        private boolean isTruncated;

        int size() {
            return objects.size() + prefixes.size();
        }
    }

    WebAnswer version2(WebRequest request, String bucket) {
        String token = request.parameter("continuation-token");
        String after = token.isEmpty() ? request.parameter("start-after") : decoded(token);
        int most = most(request);
        Page page = page(request, bucket, after, most);
        Xml xml = head(request, bucket, most).text("KeyCount", Integer.toString(page.size()));
        xml.text("IsTruncated", Boolean.toString(page.isTruncated));
        if (!token.isEmpty()) {
            xml.text("ContinuationToken", token);
        }
        if (page.isTruncated) {
            xml.text("NextContinuationToken", Base64.getUrlEncoder().encodeToString(page.last.getBytes(UTF_8)));
        }
        if (request.has("start-after")) {
            xml.text("StartAfter", key(request, request.parameter("start-after")));
        }
        return end(xml, request, page);
    }

    WebAnswer version1(WebRequest request, String bucket) {
        int most = most(request);
        Page page = page(request, bucket, request.parameter("marker"), most);
        Xml xml = head(request, bucket, most)
                .text("Marker", key(request, request.parameter("marker")))
                .text("IsTruncated", Boolean.toString(page.isTruncated));
        if (page.isTruncated && request.has("delimiter")) {
            xml.text("NextMarker", key(request, page.last));
        }
        return end(xml, request, page);
    }

    WebAnswer buckets() {
        var xml = new Xml("ListAllMyBucketsResult", Xml.NAMESPACE)
                .open("Owner")
                .text("ID", "testkit")
                .text("DisplayName", "testkit")
                .close()
                .open("Buckets");
        for (String name : store.names()) {
            xml.open("Bucket")
                    .text("Name", name)
                    .text("CreationDate", time(Instant.EPOCH))
                    .close();
        }
        return WebAnswer.of(200, "application/xml", xml.end());
    }

    static String time(Instant time) {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    private Page page(WebRequest request, String bucket, String after, int most) {
        String prefix = request.parameter("prefix");
        String delimiter = request.parameter("delimiter");
        NavigableMap<String, StoredObject> rest = store.list(bucket).tailMap(after, false);
        var page = new Page();
        for (Map.Entry<String, StoredObject> entry : rest.entrySet()) {
            String key = entry.getKey();
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String common = end < 0 ? "" : key.substring(0, end + delimiter.length());
            boolean seen = !common.isEmpty() && (page.prefixes.contains(common) || common.equals(after));
            if (!key.startsWith(prefix) || seen) {
                continue;
            }
            if (page.size() == most) {
                page.isTruncated = most > 0;
                break;
            }
            if (common.isEmpty()) {
                page.objects.add(entry);
            } else {
                page.prefixes.add(common);
            }
            page.last = common.isEmpty() ? key : common;
        }
        return page;
    }

    private static Xml head(WebRequest request, String bucket, int most) {
        Xml xml = new Xml("ListBucketResult", Xml.NAMESPACE)
                .text("Name", bucket)
                .text("Prefix", key(request, request.parameter("prefix")));
        if (request.has("delimiter")) {
            xml.text("Delimiter", key(request, request.parameter("delimiter")));
        }
        if (request.has("encoding-type")) {
            xml.text("EncodingType", "url");
        }
        return xml.text("MaxKeys", Integer.toString(most));
    }

    private static WebAnswer end(Xml xml, WebRequest request, Page page) {
        for (Map.Entry<String, StoredObject> entry : page.objects) {
            StoredObject object = entry.getValue();
            xml.open("Contents")
                    .text("Key", key(request, entry.getKey()))
                    .text("LastModified", time(object.modified()))
                    .text("ETag", object.quotedTag())
                    .text("Size", Integer.toString(object.bytes().length))
                    .text("StorageClass", "STANDARD")
                    .close();
        }
        for (String prefix : page.prefixes) {
            xml.open("CommonPrefixes").text("Prefix", key(request, prefix)).close();
        }
        return WebAnswer.of(200, "application/xml", xml.end());
    }

    private static String key(WebRequest request, String key) {
        return request.has("encoding-type") ? Signature.encode(key, true) : key;
    }

    private static int most(WebRequest request) {
        if (request.has("encoding-type") && !request.parameter("encoding-type").equals("url")) {
            throw S3Exception.invalidArgument("Invalid Encoding Method specified in Request");
        }
        if (!request.has("max-keys")) {
            return MOST_KEYS;
        }
        try {
            return Math.min(MOST_KEYS, Integer.parseUnsignedInt(request.parameter("max-keys")));
        } catch (NumberFormatException e) {
            throw S3Exception.invalidArgument("Provided max-keys not an integer or within integer range");
        }
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Exception.invalidArgument("The continuation token provided is incorrect");
        }
    }
}
