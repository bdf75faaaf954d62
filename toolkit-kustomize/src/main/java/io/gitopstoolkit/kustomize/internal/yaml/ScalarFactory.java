package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.GoNumbers;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Makes scalars of their texts: tags heeded, bare text resolved. */
final class ScalarFactory {
    /** A bare {@code <<}. As a value it is a string like others. */
    static final ScalarNode MERGE_KEY = ScalarNode.string("<<");

    private static final String TAG_PREFIX = "tag:yaml.org,2002:";

    private final Dialect dialect;

    ScalarFactory(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The scalar of a text.
     *
     * @param tag with its prefix
     * @param at the byte where it begins, for errors
     */
    ScalarNode value(String text, ScalarStyle style, String tag, int at) {
        if (ignores(tag)) {
            return style == ScalarStyle.PLAIN ? plain(text, at) : quoted(text, style, at);
        }
        if (tag.equals("!")) {
            return text.equals("<<") ? MERGE_KEY : quoted(text, style, at);
        }
        if (tag.equals(TAG_PREFIX + "merge") && text.equals("<<")) {
            return MERGE_KEY;
        }
        return checked(tagged(text, tag, style, at), at);
    }

    /** A string in quotes or a block. */
    ScalarNode quoted(String text, ScalarStyle style, int at) {
        boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        if (block && dialect == Dialect.CONFIGURATION) {
            return ScalarNode.of(text, ScalarType.STRING, ScalarStyle.LITERAL);
        }
        if (block && text.startsWith("\t")) {
            throw new YamlProblem(
                    "a block of text that begins with a tab; kustomize cannot read its own form of it", at);
        }
        return ScalarNode.of(text, ScalarType.STRING, style);
    }

    /** Whether a tag has no meaning. */
    boolean ignores(String tag) {
        return tag.equals("!") && dialect == Dialect.RESOURCE;
    }

    /** Whether a string with a tag can be a key below the top of a resource. */
    static boolean allowsKey(String tag) {
        return tag.equals("!") || tag.equals(TAG_PREFIX + "str") || tag.equals(TAG_PREFIX + "merge");
    }

    /** The scalar of bare text. */
    ScalarNode plain(String text, int at) {
        return text.equals("<<") ? MERGE_KEY : checked(resolved(text), at);
    }

    private ScalarNode resolved(String text) {
        if (dialect == Dialect.RESOURCE) {
            return ScalarNode.plain(text);
        }
        ScalarType type = ScalarResolver.typeOfYaml11(text);
        return switch (type) {
            case BOOL -> ScalarNode.bool(ScalarResolver.isTrue(text));
            case TIMESTAMP -> ScalarNode.string(text);
            default -> ScalarNode.of(text, type, ScalarStyle.PLAIN);
        };
    }

    private static ScalarNode checked(ScalarNode scalar, int at) {
        if (scalar.type() == ScalarType.FLOAT && ScalarResolver.isInfiniteOrNan(scalar.text())) {
            throw new YamlProblem("a number that JSON cannot hold", at);
        }
        if (scalar.type() == ScalarType.TIMESTAMP && isFarZone(scalar.stringValue())) {
            throw new YamlProblem("a time in a zone of a day or more, which JSON cannot hold", at);
        }
        return scalar;
    }

    /** Whether a time in the form of RFC 3339 ends with a zone of 24 hours or more. */
    private static boolean isFarZone(String time) {
        int zone = time.length() - 5;
        return time.charAt(time.length() - 1) != 'Z' && time.charAt(zone) == '2' && time.charAt(zone + 1) >= '4';
    }

    /** The key that a scalar stands for, or null where it cannot be one. */
    @Nullable
    String key(ScalarNode scalar, boolean top) {
        if (scalar.isString()) {
            return scalar.text();
        }
        if (dialect == Dialect.CONFIGURATION) {
            return configurationKey(scalar);
        }
        // The map at the top is one from strings for Go's decoder, which then takes any text but null's as it stands.
        return top && !scalar.isNull()
                ? (scalar.type() == ScalarType.BINARY ? scalar.stringValue() : scalar.text())
                : null;
    }

    private static @Nullable String configurationKey(ScalarNode scalar) {
        Object value = scalar.toPlain();
        if (value == null || value instanceof BigInteger) {
            return null;
        }
        return value instanceof Double number ? GoNumbers.formatShortestFloat(number) : value.toString();
    }

    private ScalarNode tagged(String text, String tag, ScalarStyle style, int at) {
        ScalarType type = tag.startsWith(TAG_PREFIX) ? typeOf(tag.substring(TAG_PREFIX.length())) : ScalarType.STRING;
        ScalarType actual = type == ScalarType.STRING || type == ScalarType.BINARY ? type : typeOfText(text);
        boolean fits = actual == type || (type == ScalarType.FLOAT && actual == ScalarType.INT);
        if (!fits || (type == ScalarType.BINARY && !ScalarNode.isBase64(text))) {
            throw new YamlProblem("a value that does not fit its tag " + tag.replace(TAG_PREFIX, "!!"), at);
        }
        if (dialect == Dialect.CONFIGURATION && type == ScalarType.BOOL) {
            return ScalarNode.bool(ScalarResolver.isTrue(text));
        }
        if (dialect == Dialect.CONFIGURATION && type == ScalarType.TIMESTAMP) {
            return ScalarNode.string(text);
        }
        if (type == ScalarType.STRING) {
            return quoted(text, style, at);
        }
        return ScalarNode.of(text, type, type == ScalarType.NULL ? ScalarStyle.PLAIN : style);
    }

    private ScalarType typeOfText(String text) {
        return dialect == Dialect.RESOURCE ? ScalarResolver.typeOf(text) : ScalarResolver.typeOfYaml11(text);
    }

    private static ScalarType typeOf(String tag) {
        return switch (tag) {
            case "int" -> ScalarType.INT;
            case "float" -> ScalarType.FLOAT;
            case "bool" -> ScalarType.BOOL;
            case "null" -> ScalarType.NULL;
            case "timestamp" -> ScalarType.TIMESTAMP;
            case "binary" -> ScalarType.BINARY;
            default -> ScalarType.STRING;
        };
    }
}
