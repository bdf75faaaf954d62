package io.gitopstoolkit.apply;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An inventory as text, an id and its version to a line, or as that text compressed. */
final class InventoryText {
    private static final int LARGEST_BYTES = 64 * 1024 * 1024;

    private InventoryText() {}

    static String of(Inventory inventory) {
        var lines = new StringBuilder();
        for (Inventory.Entry entry : inventory.entries()) {
            lines.append(entry.id()).append(' ').append(entry.version()).append('\n');
        }
        return lines.toString();
    }

    /**
     * Reads what {@link #of} wrote.
     *
     * @throws IllegalArgumentException if it is damaged; the message says how
     */
    static Inventory parse(String text) {
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new IllegalArgumentException("its last line is cut off");
        }
        var entries = new ArrayList<Inventory.Entry>();
        for (String line : text.lines().toList()) {
            String[] parts = line.strip().split(" ", -1);
            if (parts.length != 2) {
                throw noEntry(line);
            }
            try {
                entries.add(Inventory.Entry.parse(parts[0], parts[1]));
            } catch (IllegalArgumentException e) {
                throw noEntry(line);
            }
        }
        return new Inventory(entries);
    }

    private static IllegalArgumentException noEntry(String line) {
        String shown = line.length() > 100 ? line.substring(0, 100) + "..." : line;
        return new IllegalArgumentException("the line '" + shown + "' is no id with a version");
    }

    static byte[] compress(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #compress} wrote.
     *
     * @throws IllegalArgumentException if it is damaged, or more than 64 MiB
     */
    static String decompress(byte[] bytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] text = gzip.readNBytes(LARGEST_BYTES + 1);
            if (text.length > LARGEST_BYTES) {
                throw new IllegalArgumentException("it is more than 64 MiB");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be decompressed", e);
        }
    }
}
