package io.gitopstoolkit.kustomize.internal.tree;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A string, number, boolean, timestamp or null: its text as it stood in the document, after quotes and escapes, and the
 * type that the text was resolved to. Immutable.
 */
public final class ScalarNode extends Node {
    /** The scalar null. */
    public static final ScalarNode NULL = new ScalarNode("null", ScalarType.NULL, ScalarStyle.PLAIN);

    private static final ScalarNode TRUE = new ScalarNode("true", ScalarType.BOOL, ScalarStyle.PLAIN);
    private static final ScalarNode FALSE = new ScalarNode("false", ScalarType.BOOL, ScalarStyle.PLAIN);

    private final String text;
    private final ScalarType type;
    private final ScalarStyle style;

    private ScalarNode(String text, ScalarType type, ScalarStyle style) {
        this.text = text;
        this.type = type;
        this.style = style;
    }

    /** A scalar of a known type; the text is trusted to fit it. */
    public static ScalarNode of(String text, ScalarType type, ScalarStyle style) {
        return new ScalarNode(text, type, style);
    }

    /** A string. */
    public static ScalarNode string(String text) {
        return new ScalarNode(text, ScalarType.STRING, ScalarStyle.PLAIN);
    }

    /** What the text means without quotes: {@code 8080} is a number, {@code true} a boolean. */
    public static ScalarNode plain(String text) {
        return new ScalarNode(text, ScalarResolver.typeOf(text), ScalarStyle.PLAIN);
    }

    /** A whole number. */
    public static ScalarNode integer(long value) {
        return new ScalarNode(Long.toString(value), ScalarType.INT, ScalarStyle.PLAIN);
    }

    /** A boolean. */
    public static ScalarNode bool(boolean value) {
        return value ? TRUE : FALSE;
    }

    static ScalarNode ofPlain(@Nullable Object plain) {
        if (plain == null) {
            return NULL;
        }
        if (plain instanceof String string) {
            return string(string);
        }
        if (plain instanceof Boolean value) {
            return bool(value);
        }
        if (plain instanceof Double || plain instanceof Float) {
            return new ScalarNode(
                    GoNumbers.formatJson(((Number) plain).doubleValue()), ScalarType.FLOAT, ScalarStyle.PLAIN);
        }
        if (plain instanceof Number number) {
            return new ScalarNode(number.toString(), ScalarType.INT, ScalarStyle.PLAIN);
        }
        throw new IllegalArgumentException("a value of type " + plain.getClass().getName());
    }

    /** The text as it stood in the document. */
    public String text() {
        return text;
    }

    /** What the text stands for. */
    public ScalarType type() {
        return type;
    }

    /** How the text stood in the document. */
    public ScalarStyle style() {
        return style;
    }

    @Override
    public boolean isNull() {
        return type == ScalarType.NULL;
    }

    /** Whether it is a string: not a timestamp, number, boolean or null. */
    public boolean isString() {
        return type == ScalarType.STRING;
    }

    /** Another scalar with the same text, type and style. */
    public ScalarNode twin() {
        return new ScalarNode(text, type, style);
    }

    /** Another text of the same type and style. */
    public ScalarNode withText(String changed) {
        return new ScalarNode(changed, type, style);
    }

    @Override
    public ScalarNode copy() {
        return this;
    }

    @Override
    public @Nullable Object toPlain() {
        return switch (type) {
            case STRING -> stringValue();
            case NULL -> isPrintedAsNull() ? null : "";
            case BOOL -> text.charAt(0) == 't' || text.charAt(0) == 'T';
            case INT -> ScalarResolver.number(text);
            case FLOAT -> floatValue();
            case TIMESTAMP -> GoTimestamps.normalize(text);
            case BINARY -> decodeBinary();
        };
    }

    /**
     * Whether a null is written as null. One that stands for a value left out in {@code {a: , b}} is written as the empty
     * string: it has the style of quotes.
     */
    public boolean isPrintedAsNull() {
        return style == ScalarStyle.PLAIN;
    }

    /** The text that is written for a string, timestamp or binary: what {@link #toPlain} returns for these. */
    public String stringValue() {
        return switch (type) {
            case TIMESTAMP -> {
                String normal = GoTimestamps.normalize(text);
                yield normal == null ? text : normal;
            }
            case BINARY -> decodeBinary();
            case STRING -> style == ScalarStyle.FOLDED ? FoldedText.rewritten(text) : text;
            default -> text;
        };
    }

    private @Nullable Double floatValue() {
        Number number = ScalarResolver.number(text);
        return number == null ? null : (Double) number.doubleValue();
    }

    /** Whether a text, line breaks aside, is base64. */
    public static boolean isBase64(String text) {
        try {
            decodeBase64(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] decodeBase64(String text) {
        String line = text.replace("\n", "").replace("\r", "");
        if (line.length() % 4 != 0) {
            throw new IllegalArgumentException("base64 without its padding");
        }
        return Base64.getDecoder().decode(line);
    }

    private String decodeBinary() {
        byte[] bytes = decodeBase64(text);
        var decoded = new String(bytes, StandardCharsets.UTF_8);
        return decoded.indexOf('\uFFFD') < 0 ? decoded : replaceEachByte(bytes);
    }

    /** As Go replaces what is no UTF-8: each byte of its own. */
    private static String replaceEachByte(byte[] bytes) {
        var replaced = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; ) {
            int width = bytes[i] >= 0 ? 1 : (bytes[i] & 0xE0) == 0xC0 ? 2 : (bytes[i] & 0xF0) == 0xE0 ? 3 : 4;
            int fitting = Math.min(width, bytes.length - i);
            var character = new String(bytes, i, fitting, StandardCharsets.UTF_8);
            boolean valid = fitting == width && character.codePointCount(0, character.length()) == 1;
            boolean replacement = valid && character.charAt(0) == '\uFFFD' && (bytes[i] & 0xFF) != 0xEF;
            replaced.append(valid && !replacement ? character : "\uFFFD");
            i += valid && !replacement ? width : 1;
        }
        return replaced.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof ScalarNode scalar && type == scalar.type && text.equals(scalar.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The type alone: the text may be secret. */
    @Override
    public String toString() {
        return type.toString();
    }
}
