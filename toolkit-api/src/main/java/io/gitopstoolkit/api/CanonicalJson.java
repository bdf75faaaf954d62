package io.gitopstoolkit.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a tree as JSON with sorted keys and no blanks, so that equal trees have equal digests. */
final class CanonicalJson {
    private static final int FLUSH_AT = 1 << 16;

    private final MessageDigest digest = Digest.sha256();
    private final StringBuilder text = new StringBuilder();

    private CanonicalJson() {}

    static Digest digest(List<Manifest> manifests) {
        var json = new CanonicalJson();
        for (Manifest manifest : manifests) {
            json.write(manifest.content());
            json.text.append('\n');
            json.flushFrom(FLUSH_AT);
        }
        json.flushFrom(0);
        return Digest.ofSha256(json.digest);
    }

    private void write(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            writeMap(map);
        } else if (value instanceof List<?> list) {
            writeList(list);
        } else if (value instanceof String string) {
            writeString(string);
        } else {
            text.append(value);
        }
        flushFrom(FLUSH_AT);
    }

    private void writeMap(Map<?, ?> map) {
        char separator = '{';
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
            text.append(separator);
            writeString((String) entry.getKey());
            text.append(':');
            write(entry.getValue());
            separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
    }

    private void writeList(List<?> list) {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            write(list.get(i));
        }
        text.append(']');
    }

    private void writeString(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                text.append("\\u").append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 15, 16));
                text.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private void flushFrom(int length) {
        if (text.length() >= length) {
            digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        }
    }
}
