package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plain data as expressions see it by its schema: times are times, fields have the names that can be written. */
final class SchemaValues {
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*([a-zµμ]+)");
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> METADATA =
            Map.of("type", "object", "properties", Map.of("name", TEXT, "generateName", TEXT));
    private static final Map<String, Object> IDENTITY = Map.of("apiVersion", TEXT, "kind", TEXT, "metadata", METADATA);

    private SchemaValues() {}

    static boolean isIntOrString(Map<String, Object> schema) {
        return Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"));
    }

    static boolean isResource(Map<String, Object> schema) {
        return Boolean.TRUE.equals(schema.get("x-kubernetes-embedded-resource"));
    }

    /** The properties, with those that every resource has. */
    static Map<String, Object> properties(Map<String, Object> schema, boolean isResource) {
        Map<String, Object> properties = Tree.mapAt(schema, "properties");
        if (!isResource) {
            return properties;
        }
        var all = new LinkedHashMap<String, Object>(properties);
        all.putAll(IDENTITY);
        return all;
    }

    static Object toCel(@Nullable Object value, Map<String, Object> schema, boolean isResource) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (isIntOrString(schema)) {
            return plain(value);
        }
        return switch (Tree.text(schema, "type")) {
            case "object" -> object(Tree.mapAt(value), schema, isResource);
            case "array" -> {
                Map<String, Object> items = Tree.mapAt(schema, "items");
                var list = new ArrayList<Object>();
                List<Object> source = Tree.list(value);
                if (source != null) {
                    source.forEach(item -> list.add(toCel(item, items, isResource(items))));
                }
                yield list;
            }
            case "string" -> value instanceof String text ? text(text, Tree.text(schema, "format")) : plain(value);
            case "number" -> value instanceof Number number ? (Object) number.doubleValue() : plain(value);
            case "integer" -> value instanceof Number number ? (Object) number.longValue() : plain(value);
            default -> plain(value);
        };
    }

    private static Object object(Map<String, Object> value, Map<String, Object> schema, boolean isResource) {
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        Map<String, Object> properties = properties(schema, isResource);
        var object = new LinkedHashMap<String, Object>();
        value.forEach((name, item) -> {
            Map<String, Object> property = Tree.map(properties.get(name));
            if (property != null) {
                String identifier = Identifiers.escape(name);
                object.put(identifier == null ? name : identifier, toCel(item, property, isResource(property)));
            } else if (additional != null) {
                object.put(name, toCel(item, additional, isResource(additional)));
            } else {
                object.put(name, plain(item));
            }
        });
        return object;
    }

    /** Data without a schema. */
    static Object plain(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<Object, Object>();
            map.forEach((key, item) -> copy.put(key, plain(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<Object>(list.size());
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        if (value instanceof Number number && !(number instanceof Double)) {
            return number.longValue();
        }
        return value;
    }

    private static Object text(String text, String format) {
        try {
            return switch (format) {
                case "byte" -> CelByteString.of(Base64.getDecoder().decode(text));
                case "duration" -> duration(text);
                case "date" ->
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                case "date-time" -> instant(text);
                default -> text;
            };
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new CelException("Invalid " + format + " formatted string " + text + ": " + e.getMessage());
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    }

    private static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher matcher = DURATION_PART.matcher(text);
        while (matcher.find()) {
            BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit(matcher.group(2))));
            sum = sum.plusNanos(nanos.longValue());
        }
        return text.startsWith("-") ? sum.negated() : sum;
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> 1L;
            case "us", "µs", "μs", "micro", "micros", "microsecond", "microseconds" -> 1_000L;
            case "ms", "milli", "millis", "millisecond", "milliseconds" -> 1_000_000L;
            case "s", "sec", "secs", "second", "seconds" -> 1_000_000_000L;
            case "m", "min", "mins", "minute", "minutes" -> 60_000_000_000L;
            case "h", "hr", "hrs", "hour", "hours" -> 3_600_000_000_000L;
            case "d", "day", "days" -> 86_400_000_000_000L;
            case "w", "wk", "wks", "week", "weeks" -> 604_800_000_000_000L;
            default -> throw new IllegalArgumentException("unknown unit " + name);
        };
    }
}
