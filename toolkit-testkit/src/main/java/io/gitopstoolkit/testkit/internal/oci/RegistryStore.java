package io.gitopstoolkit.testkit.internal.oci;

import io.gitopstoolkit.api.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Repositories with their blobs, manifests and tags. Safe between threads. */
public final class RegistryStore {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    private final Map<String, Repository> repositories = new TreeMap<>();

    /** What one name holds. */
    private static final class Repository {
        private final Map<String, byte[]> blobs = new HashMap<>();
        private final Map<String, Manifest> manifests = new TreeMap<>();
        private final Map<String, String> tags = new TreeMap<>();
    }

    /** The names of repositories that hold a manifest, or held one, in alphabetical order. */
    public synchronized List<String> names() {
        return List.copyOf(repositories.keySet());
    }

    /** The tags of a repository in alphabetical order; null where there is no such repository. */
    public synchronized @Nullable List<String> tags(String name) {
        Repository repository = repositories.get(name);
        return repository == null ? null : List.copyOf(repository.tags.keySet());
    }

    /** Keeps a blob, and returns its digest. */
    public synchronized Digest putBlob(String name, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        repository(name).blobs.put(digest.toString(), bytes);
        return digest;
    }

    /** Keeps a blob under a digest that has been checked. */
    synchronized void putBlob(String name, String digest, byte[] bytes) {
        repository(name).blobs.put(digest, bytes);
    }

    /** The bytes of a blob, not to be changed; null where it is not in the repository. */
    public synchronized byte @Nullable [] blob(String name, String digest) {
        Repository repository = repositories.get(name);
        return repository == null ? null : repository.blobs.get(digest);
    }

    synchronized boolean deleteBlob(String name, String digest) {
        Repository repository = repositories.get(name);
        return repository != null && repository.blobs.remove(digest) != null;
    }

    /** Takes a blob over from another repository; tells whether it was there. */
    synchronized boolean mount(String from, String name, String digest) {
        byte[] bytes = blob(from, digest);
        if (bytes != null) {
            repository(name).blobs.put(digest, bytes);
        }
        return bytes != null;
    }

    /**
     * Keeps a manifest whose parts are there.
     *
     * @param reference a tag, or the digest
     */
    synchronized Manifest putManifest(String name, String reference, Manifest manifest) {
        Repository repository = repository(name);
        for (String digest : manifest.blobs()) {
            if (!repository.blobs.containsKey(digest)) {
                throw new RegistryException(RegistryError.MANIFEST_BLOB_UNKNOWN, digest);
            }
        }
        for (String digest : manifest.manifests()) {
            if (!repository.manifests.containsKey(digest)) {
                throw new RegistryException(RegistryError.MANIFEST_BLOB_UNKNOWN, digest);
            }
        }
        String digest = isDigest(reference) ? reference : manifest.digest().toString();
        repository.manifests.put(digest, manifest);
        if (!isDigest(reference)) {
            repository.tags.put(reference, digest);
        }
        return manifest;
    }

    /** Keeps a manifest without a look at its parts, and returns its digest. */
    public synchronized Digest putManifest(String name, String reference, String mediaType, byte[] bytes) {
        Manifest manifest;
        try {
            manifest = Manifest.read(mediaType, bytes);
        } catch (RegistryException e) {
            throw new IllegalArgumentException("no manifest of type " + mediaType + ", which is a JSON object", e);
        }
        Repository repository = repository(name);
        repository.manifests.put(manifest.digest().toString(), manifest);
        if (!isDigest(reference)) {
            repository.tags.put(reference, manifest.digest().toString());
        }
        return manifest.digest();
    }

    /** The manifest of a tag or a digest; null where there is none. */
    synchronized @Nullable Manifest manifest(String name, String reference) {
        Repository repository = repositories.get(name);
        if (repository == null) {
            return null;
        }
        return repository.manifests.get(repository.tags.getOrDefault(reference, reference));
    }

    /** The bytes of the manifest of a tag or a digest, not to be changed; null where there is none. */
    public byte @Nullable [] manifestBytes(String name, String reference) {
        Manifest manifest = manifest(name, reference);
        return manifest == null ? null : manifest.bytes();
    }

    /** Removes a tag, or a manifest with its tags. */
    public synchronized boolean deleteManifest(String name, String reference) {
        Repository repository = repositories.get(name);
        if (repository == null) {
            return false;
        }
        if (!isDigest(reference)) {
            return repository.tags.remove(reference) != null;
        }
        repository.tags.values().removeIf(reference::equals);
        return repository.manifests.remove(reference) != null;
    }

    /** The manifests that are about another, by their digests. */
    synchronized List<Manifest> referrers(String name, String subject) {
        Repository repository = repositories.get(name);
        return repository == null
                ? List.of()
                : repository.manifests.values().stream()
                        .filter(manifest -> manifest.subject().equals(subject))
                        .toList();
    }

    static boolean isDigest(String reference) {
        return DIGEST.matcher(reference).matches();
    }

    /** Whether the digest, of whichever algorithm, is that of the bytes. */
    static boolean fits(String digest, byte[] bytes) {
        if (!isDigest(digest)) {
            return false;
        }
        try {
            String algorithm = digest.substring(0, 6).toUpperCase(Locale.ROOT).replace("SHA", "SHA-");
            byte[] actual = MessageDigest.getInstance(algorithm).digest(bytes);
            return digest.endsWith(':' + HexFormat.of().formatHex(actual));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }

    private Repository repository(String name) {
        return repositories.computeIfAbsent(name, key -> new Repository());
    }
}
