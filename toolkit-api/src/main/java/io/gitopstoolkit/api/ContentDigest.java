package io.gitopstoolkit.api;

import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.api.FileTree.Storage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/**
 * The digest of a storage: SHA-256 over one record for each file and link, in the order of a walk by name, of kind,
 * digest and path, each ended by a zero byte. Directories count by what is in them, as in Git.
 */
final class ContentDigest {
    private final Storage storage;
    private final MessageDigest digest = Digest.sha256();

    private ContentDigest(Storage storage) {
        this.storage = storage;
    }

    static Digest of(Storage storage) {
        var walk = new ContentDigest(storage);
        walk.addDirectory("");
        return Digest.ofSha256(walk.digest);
    }

    private void addDirectory(String directory) {
        List<Entry> entries = storage.list(directory).stream().sorted().toList();
        for (Entry entry : entries) {
            String path = directory.isEmpty() ? entry.name() : directory + '/' + entry.name();
            if (entry.kind() == Kind.DIRECTORY) {
                addDirectory(path);
            } else {
                add(entry.kind().name().toLowerCase(Locale.ROOT));
                add(storage.digest(path).toString());
                add(path);
            }
        }
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
