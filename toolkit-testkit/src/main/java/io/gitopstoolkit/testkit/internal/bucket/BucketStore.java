package io.gitopstoolkit.testkit.internal.bucket;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Buckets with their objects, in the order of their keys' bytes. Safe between threads. */
public final class BucketStore {
    private static final Comparator<String> BY_BYTES = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private final Map<String, NavigableMap<String, StoredObject>> buckets = new TreeMap<>();
    private final Clock clock;

    /** No buckets yet. */
    public BucketStore(Clock clock) {
        this.clock = clock;
    }

    /** Makes a bucket; tells whether it was not there. */
    public synchronized boolean create(String bucket) {
        return buckets.putIfAbsent(bucket, new TreeMap<>(BY_BYTES)) == null;
    }

    /** Keeps an object, and returns its ETag without quotes. */
    public String put(String bucket, String key, byte[] bytes, Map<String, String> headers) {
        return put(bucket, key, bytes, Checksums.md5(bytes), headers).etag();
    }

    /** The bytes of an object, not to be changed; null where there is none. */
    public synchronized byte @Nullable [] bytes(String bucket, String key) {
        Map<String, StoredObject> objects = buckets.get(bucket);
        StoredObject object = objects == null ? null : objects.get(key);
        return object == null ? null : object.bytes();
    }

    /** The keys of a bucket in order; none where there is no such bucket. */
    public synchronized List<String> keys(String bucket) {
        Map<String, StoredObject> objects = buckets.get(bucket);
        return objects == null ? List.of() : List.copyOf(objects.keySet());
    }

    /** Removes an object; tells whether it was there. */
    public synchronized boolean remove(String bucket, String key) {
        Map<String, StoredObject> objects = buckets.get(bucket);
        return objects != null && objects.remove(key) != null;
    }

    synchronized StoredObject put(String bucket, String key, byte[] bytes, String etag, Map<String, String> headers) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var object = new StoredObject(bytes, etag, Map.copyOf(headers), now);
        objects(bucket).put(key, object);
        return object;
    }

    synchronized StoredObject get(String bucket, String key) {
        StoredObject object = objects(bucket).get(key);
        if (object == null) {
            throw S3Exception.noSuchKey(key);
        }
        return object;
    }

    synchronized @Nullable StoredObject find(String bucket, String key) {
        return objects(bucket).get(key);
    }

    /** A copy, by key. */
    synchronized NavigableMap<String, StoredObject> list(String bucket) {
        return new TreeMap<>(objects(bucket));
    }

    synchronized List<String> names() {
        return List.copyOf(buckets.keySet());
    }

    synchronized void require(String bucket) {
        objects(bucket);
    }

    synchronized void drop(String bucket) {
        if (!objects(bucket).isEmpty()) {
            throw new S3Exception(409, "BucketNotEmpty", "The bucket you tried to delete is not empty")
                    .with("BucketName", bucket);
        }
        buckets.remove(bucket);
    }

    private NavigableMap<String, StoredObject> objects(String bucket) {
        NavigableMap<String, StoredObject> objects = buckets.get(bucket);
        if (objects == null) {
            throw S3Exception.noSuchBucket(bucket);
        }
        return objects;
    }
}
