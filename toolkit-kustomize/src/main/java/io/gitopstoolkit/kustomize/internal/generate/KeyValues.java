package io.gitopstoolkit.kustomize.internal.generate;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.GENERATOR_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The data of a ConfigMap or Secret, from literals, files and env files. */
final class KeyValues {
    /** Go's scanner gives up, without a word, at a line that does not fit its buffer of this size. */
    private static final int LONGEST_LINE = 64 * 1024;

    private final String name;
    private final FileReader files;
    private final SortedMap<String, byte[]> values = new TreeMap<>();

    private KeyValues(String name, FileReader files) {
        this.name = name;
        this.files = files;
    }

    /** Key and value, by key. */
    static SortedMap<String, byte[]> load(GeneratorArgs args, FileReader files) {
        var loaded = new KeyValues(args.name(), files);
        args.sources().envs().forEach(loaded::addEnvFile);
        args.sources().literals().forEach(loaded::addLiteral);
        args.sources().files().forEach(loaded::addFile);
        return loaded.values;
    }

    /** The text of UTF-8 bytes; null where they are something else. */
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void add(String key, byte[] value) {
        if (values.putIfAbsent(Generated.checkedKey(key), value) != null) {
            throw failed("illegally repeats the key '" + key + "'");
        }
    }

    private void addLiteral(String literal) {
        int equals = literal.indexOf('=');
        if (equals <= 0) {
            throw failed("has a literal that is not of the form key=value");
        }
        String value = literal.substring(equals + 1);
        add(literal.substring(0, equals), unquoted(value).getBytes(StandardCharsets.UTF_8));
    }

    private static String unquoted(String value) {
        if (value.length() < 2) {
            return value;
        }
        char first = value.charAt(0);
        boolean quoted = (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private void addFile(String source) {
        int equals = source.indexOf('=');
        if (equals < 0) {
            add(baseName(source), files.read(source));
            return;
        }
        String key = source.substring(0, equals);
        String path = source.substring(equals + 1);
        if (key.isEmpty() || path.isEmpty() || path.indexOf('=') >= 0) {
            throw failed("names a file by '" + source + "', which is neither a path nor key=path");
        }
        add(key, files.read(path));
    }

    private static String baseName(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        String trimmed = path.substring(0, end);
        return trimmed.equals("/") ? trimmed : trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    private void addEnvFile(String path) {
        byte[] content = files.read(path);
        int start = 0;
        boolean first = true;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end - start >= LONGEST_LINE) {
                return;
            }
            int lineEnd = end > start && content[end - 1] == '\r' ? end - 1 : end;
            addEnvLine(path, Arrays.copyOfRange(content, start, lineEnd), first);
            first = false;
            start = end + 1;
        }
    }

    private void addEnvLine(String path, byte[] bytes, boolean first) {
        String line = text(bytes);
        if (line == null) {
            throw failed("reads '" + path + "', which has a line that is not UTF-8");
        }
        if (first && line.startsWith("\uFEFF")) {
            line = line.substring(1);
        }
        int start = 0;
        while (start < line.length() && isSpace(line.charAt(start))) {
            start++;
        }
        if (start == line.length() || line.charAt(start) == '#') {
            return;
        }
        int equals = line.indexOf('=', start);
        String key = equals < 0 ? line.substring(start) : line.substring(start, equals);
        if (key.isEmpty()) {
            return;
        }
        String value = equals < 0 ? "" : line.substring(equals + 1);
        add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** White space as Go's {@code unicode.IsSpace} sees it. */
    private static boolean isSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    private KustomizeException failed(String why) {
        return new KustomizeException(GENERATOR_FAILED, "the generated '" + name + "' " + why);
    }
}
