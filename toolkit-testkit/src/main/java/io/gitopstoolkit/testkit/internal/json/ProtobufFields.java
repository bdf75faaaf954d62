package io.gitopstoolkit.testkit.internal.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of the fields of the built-in kinds, from {@code protobuf.txt}, which {@code protobuf-fields.py} beside the tests
 * makes from Kubernetes' published Go types. Read when the first protobuf body arrives.
 */
final class ProtobufFields {
    private static final String RESOURCE = "protobuf.txt";

    private ProtobufFields() {}

    /**
     * A field of a struct.
     *
     * @param name in JSON
     * @param type as the resource writes it
     * @param flags as the resource writes them
     */
    record Field(String name, String type, String flags) {
        boolean isRepeated() {
            return flags.contains("*");
        }

        /** Whether zero is another thing than nothing. */
        boolean isOptional() {
            return flags.contains("?");
        }

        boolean isInline() {
            return flags.contains("~");
        }
    }

    /** Holds the structs once they are needed. */
    private static final class Structs {
        static final Map<String, Map<Integer, Field>> BY_NAME = Map.copyOf(parse(read()));
    }

    static boolean known(String struct) {
        return Structs.BY_NAME.containsKey(struct);
    }

    /** The fields of a struct by their numbers; none where it is not known. */
    static Map<Integer, Field> of(String struct) {
        return Structs.BY_NAME.getOrDefault(struct, Map.of());
    }

    private static Map<String, Map<Integer, Field>> parse(String text) {
        var structs = new HashMap<String, Map<Integer, Field>>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(";", -1);
            var fields = new HashMap<Integer, Field>();
            for (int i = 1; i < parts.length; i++) {
                String[] words = parts[i].split(" ", -1);
                if (words.length == 3) {
                    String number = words[0].replaceAll("[^0-9]", "");
                    fields.put(
                            Integer.valueOf(number),
                            new Field(words[1], words[2], words[0].substring(number.length())));
                }
            }
            structs.put(parts[0], Map.copyOf(fields));
        }
        return structs;
    }

    private static String read() {
        try (InputStream in = ProtobufFields.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the testkit's jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
