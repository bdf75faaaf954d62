package io.gitopstoolkit.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.internal.Json;
import io.gitopstoolkit.apply.internal.Tree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes manifests as compressed JSON, and reads them. */
final class SnapshotCodec {
    private static final int MAX_CHARS = 256 << 20;
    private static final long VERSION = 1;

    private SnapshotCodec() {}

    static byte[] encode(ManifestSet set) {
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("version", VERSION);
        content.put("revision", set.revision().toString());
        content.put("manifests", set.manifests().stream().map(Manifest::content).toList());
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(Json.compact(content).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory is always written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * What {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if it is something else, or more than 256 MiB; the message holds none of it
     */
    static ManifestSet decode(byte[] bytes) {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] json = zip.readNBytes(MAX_CHARS + 1);
            Object content = Json.read(new String(json, UTF_8), MAX_CHARS);
            if (!(content instanceof Map<?, ?> map) || !Long.valueOf(VERSION).equals(map.get("version"))) {
                throw new IllegalArgumentException("not of version " + VERSION);
            }
            Map<String, @Nullable Object> tree = Tree.cast(map);
            return ManifestSet.of(
                    Revision.parse(Tree.text(tree, "", "revision")),
                    Tree.maps(tree, "manifests").stream().map(Manifest::new).toList());
        } catch (IOException e) {
            throw new IllegalArgumentException("not compressed as it should be", e);
        }
    }
}
