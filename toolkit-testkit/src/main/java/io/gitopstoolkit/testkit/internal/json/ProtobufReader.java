package io.gitopstoolkit.testkit.internal.json;

import io.gitopstoolkit.testkit.internal.json.ProtobufFields.Field;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object in Kubernetes' protobuf encoding, which Go's typed clients send, as a tree of plain data.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding-idl">the encoding</a>
 */
public final class ProtobufReader {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int DEEPEST = 100;

    private final ByteBuffer in;
    private final int depth;

    private ProtobufReader(byte[] bytes, int depth) {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.depth = depth;
        if (depth > DEEPEST) {
            throw new JsonException("an object nested deeper than " + DEEPEST + " levels");
        }
    }

    /**
     * The object in the envelope.
     *
     * @throws JsonException if it is none, or of a kind whose fields are not known
     */
    public static Map<String, Object> read(byte[] envelope) {
        if (envelope.length < MAGIC.length || !Arrays.equals(Arrays.copyOf(envelope, MAGIC.length), MAGIC)) {
            throw new JsonException(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        try {
            return new ProtobufReader(Arrays.copyOfRange(envelope, MAGIC.length, envelope.length), 0).envelope();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new JsonException("unexpected EOF");
        }
    }

    private Map<String, Object> envelope() {
        byte[] type = {};
        byte[] raw = {};
        while (in.hasRemaining()) {
            long key = varint();
            byte[] value = bytes();
            type = key >>> 3 == 1 ? value : type;
            raw = key >>> 3 == 2 ? value : raw;
        }
        List<String> names = new ProtobufReader(type, 1).texts();
        String apiVersion = names.get(0);
        String kind = names.get(1);
        String struct = ProtobufFields.known(apiVersion + "/" + kind) ? apiVersion + "/" + kind : "common/" + kind;
        if (!ProtobufFields.known(struct)) {
            throw new JsonException(
                    "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\" in protobuf");
        }
        Map<String, Object> object = Tree.of("apiVersion", apiVersion, "kind", kind);
        object.putAll(new ProtobufReader(raw, 1).struct(struct));
        return object;
    }

    /** The two first fields, both texts. */
    private List<String> texts() {
        String[] texts = {"", ""};
        while (in.hasRemaining()) {
            int number = (int) (varint() >>> 3);
            texts[number == 1 ? 0 : 1] = new String(bytes(), StandardCharsets.UTF_8);
        }
        return List.of(texts);
    }

    private Map<String, Object> struct(String name) {
        Map<Integer, Field> fields = ProtobufFields.of(name);
        var object = new LinkedHashMap<String, Object>();
        while (in.hasRemaining()) {
            long key = varint();
            Field field = fields.get((int) (key >>> 3));
            if (field == null) {
                skip((int) (key & 7));
            } else {
                add(object, field);
            }
        }
        return object;
    }

    private void add(Map<String, Object> object, Field field) {
        if (field.type().startsWith("m")) {
            byte[] entry = bytes();
            new ProtobufReader(entry, depth + 1)
                    .entry(Tree.child(object, field.name()), field.type().substring(1));
            return;
        }
        Object value = value(field.type());
        if (field.isInline()) {
            Map<String, Object> inlined = Tree.map(value);
            if (inlined != null) {
                object.putAll(inlined);
            }
        } else if (field.isRepeated()) {
            List<Object> list = Tree.list(object.get(field.name()));
            list = list == null ? new ArrayList<>() : list;
            list.add(value);
            object.put(field.name(), list);
        } else if (field.isOptional() || !isZero(value)) {
            object.put(field.name(), value);
        }
    }

    private void entry(Map<String, Object> map, String type) {
        String key = "";
        Object value = type.equals("s") || type.equals("y") ? "" : new LinkedHashMap<>();
        while (in.hasRemaining()) {
            if (varint() >>> 3 == 1) {
                key = new String(bytes(), StandardCharsets.UTF_8);
            } else {
                value = value(type);
            }
        }
        map.put(key, value);
    }

    private static boolean isZero(@Nullable Object value) {
        return value == null
                || value.equals("")
                || value.equals(0L)
                || value.equals(0.0)
                || value.equals(false)
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private @Nullable Object value(String type) {
        return switch (type) {
            case "s" -> new String(bytes(), StandardCharsets.UTF_8);
            case "i" -> varint();
            case "b" -> varint() != 0;
            case "d" -> in.getDouble();
            case "y" -> Base64.getEncoder().encodeToString(bytes());
            default -> new ProtobufReader(bytes(), depth + 1).message(type);
        };
    }

    private @Nullable Object message(String type) {
        return switch (type) {
            case "Quantity" -> text();
            case "FieldsV1", "RawExtension" -> Json.parse(text());
            case "Time" -> time(DateTimeFormatter.ISO_INSTANT);
            case "MicroTime" -> time(MICROS);
            case "Duration" -> numbers()[1] / 1_000_000_000 + "s";
            case "IntOrString" -> numberOrText();
            default -> type.startsWith("w") ? items(type.substring(1)) : struct(type);
        };
    }

    private String text() {
        String text = "";
        while (in.hasRemaining()) {
            varint();
            text = new String(bytes(), StandardCharsets.UTF_8);
        }
        return text;
    }

    private List<Object> items(String type) {
        var items = new ArrayList<Object>();
        while (in.hasRemaining()) {
            varint();
            items.add(value(type));
        }
        return items;
    }

    /** The fields 1 and 2 of a message of numbers. */
    private long[] numbers() {
        long[] numbers = new long[3];
        while (in.hasRemaining()) {
            int number = (int) (varint() >>> 3);
            numbers[Math.min(number, 2)] = varint();
        }
        return numbers;
    }

    private @Nullable String time(DateTimeFormatter format) {
        if (!in.hasRemaining()) {
            return null;
        }
        long[] numbers = numbers();
        return format.format(Instant.ofEpochSecond(numbers[1], numbers[2]));
    }

    private Object numberOrText() {
        long kind = 0;
        long number = 0;
        String text = "";
        while (in.hasRemaining()) {
            switch ((int) (varint() >>> 3)) {
                case 1 -> kind = varint();
                case 2 -> number = varint();
                default -> text = new String(bytes(), StandardCharsets.UTF_8);
            }
        }
        return kind == 0 ? (Object) number : text;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new JsonException("a number of more than 64 bits");
    }

    private byte[] bytes() {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new JsonException("unexpected EOF");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private void skip(int wireType) {
        switch (wireType) {
            case 0 -> varint();
            case 1 -> in.getLong();
            case 2 -> bytes();
            case 5 -> in.getInt();
            default -> throw new JsonException("illegal wireType " + wireType);
        }
    }
}
