package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, and the objects that they were parsed to. Safe between threads: the objects that are kept are
 * never handed out, and so never changed; everybody gets copies.
 */
final class FileContent {
    private final byte[] bytes;
    private final long serial;
    private volatile @Nullable List<MapNode> parsed;

    /**
     * The content of a file; the bytes are nobody else's to change.
     *
     * @param serial which content of a cache this is; 0 for one that is not cached
     */
    FileContent(byte[] bytes, long serial) {
        this.bytes = bytes;
        this.serial = serial;
    }

    /** Which content of a cache this is: another number for other bytes. */
    long serial() {
        return serial;
    }

    /** The bytes, to be read alone. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * The objects in the file; the caller's to change.
     *
     * @param name of the file, for errors
     * @throws io.gitopstoolkit.kustomize.KustomizeException if the file holds something else
     */
    List<MapNode> objects(YamlReader reader, String name) {
        List<MapNode> known = parsed;
        if (known != null) {
            return copies(known);
        }
        List<MapNode> objects = reader.readResources(bytes, name);
        if (serial > 0) {
            parsed = copies(objects);
        }
        return objects;
    }

    private static List<MapNode> copies(List<MapNode> objects) {
        var copies = new ArrayList<MapNode>(objects.size());
        for (MapNode object : objects) {
            copies.add(object.copy());
        }
        return copies;
    }
}
