package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Makes scalars of a parser's events: tags heeded, bare text resolved. */
final class ScalarFactory {
    private static final String TAG_PREFIX = "tag:yaml.org,2002:";

    private final Dialect dialect;

    ScalarFactory(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Whether an event is a bare {@code <<}. */
    static boolean isMergeKey(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getValue().equals("<<")
                && scalar.getTag().map(tag -> tag.equals(TAG_PREFIX + "merge")).orElse(true);
    }

    /** The scalar of an event. */
    ScalarNode value(ScalarEvent event) {
        String text = event.getValue();
        ScalarStyle style = styleOf(event);
        String tag = event.getTag().orElse("");
        ScalarNode scalar;
        if (tag.isEmpty() || tag.equals("!")) {
            scalar = style == ScalarStyle.PLAIN ? plain(text) : ScalarNode.of(text, ScalarType.STRING, style);
        } else {
            scalar = tagged(text, tag, style, event);
        }
        if (scalar.type() == ScalarType.FLOAT && ScalarResolver.isInfiniteOrNan(text)) {
            throw problem("a number that JSON cannot hold", event);
        }
        return scalar;
    }

    /** The scalar of bare text. */
    ScalarNode plain(String text) {
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

    /** The key that a scalar stands for, or null where it cannot be one. */
    @Nullable
    String key(ScalarNode scalar, boolean top) {
        if (scalar.isString()) {
            return scalar.text();
        }
        if (dialect == Dialect.CONFIGURATION) {
            return scalar.isNull() ? null : String.valueOf(scalar.toPlain());
        }
        // The map at the top is one from strings for Go's decoder, which then takes any text but null's as it stands.
        return top && !scalar.isNull() ? scalar.text() : null;
    }

    private ScalarNode tagged(String text, String tag, ScalarStyle style, ScalarEvent event) {
        ScalarType type = tag.startsWith(TAG_PREFIX) ? typeOf(tag.substring(TAG_PREFIX.length())) : ScalarType.STRING;
        ScalarType actual = type == ScalarType.STRING || type == ScalarType.BINARY
                ? type
                : plain(text).type();
        boolean fits = actual == type || (type == ScalarType.FLOAT && actual == ScalarType.INT);
        if (!fits || (type == ScalarType.BINARY && !ScalarNode.isBase64(text))) {
            throw problem("a value that does not fit its tag " + tag.replace(TAG_PREFIX, "!!"), event);
        }
        return ScalarNode.of(text, type, type == ScalarType.NULL ? ScalarStyle.PLAIN : style);
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

    private static ScalarStyle styleOf(ScalarEvent event) {
        return switch (event.getScalarStyle()) {
            case SINGLE_QUOTED -> ScalarStyle.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> ScalarStyle.DOUBLE_QUOTED;
            case LITERAL -> ScalarStyle.LITERAL;
            case FOLDED -> ScalarStyle.FOLDED;
            default -> ScalarStyle.PLAIN;
        };
    }

    private static YamlProblem problem(String what, Event event) {
        return new YamlProblem(Reason.INVALID_YAML, what, event.getStartMark());
    }
}
