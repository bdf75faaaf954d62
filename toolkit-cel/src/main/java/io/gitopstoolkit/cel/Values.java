package io.gitopstoolkit.cel;

import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain data as CEL takes it, and what CEL gives as plain data. */
final class Values {
    private Values() {}

    static Object toCel(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Map<?, ?> map) {
            var converted = new LinkedHashMap<Object, Object>();
            map.forEach((key, inner) -> converted.put(key, toCel(inner)));
            return converted;
        }
        if (value instanceof List<?> list) {
            var converted = new ArrayList<Object>(list.size());
            list.forEach(inner -> converted.add(toCel(inner)));
            return converted;
        }
        return value instanceof Number number ? number(number) : value;
    }

    /** CEL knows whole numbers of 64 bits, and fractions. */
    private static Object number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return number.doubleValue();
        }
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException e) {
            return number.doubleValue();
        }
    }

    static @Nullable Object fromCel(@Nullable Object value) {
        if (value == null || value instanceof NullValue) {
            return null;
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return value;
        }
        if (value instanceof Instant || value instanceof Duration) {
            return value.toString();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Map<?, ?> map) {
            var converted = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, inner) -> converted.put(String.valueOf(key), fromCel(inner)));
            return Collections.unmodifiableMap(converted);
        }
        if (value instanceof List<?> list) {
            var converted = new ArrayList<@Nullable Object>(list.size());
            list.forEach(inner -> converted.add(fromCel(inner)));
            return Collections.unmodifiableList(converted);
        }
        throw new IllegalArgumentException("the value is no text, number, boolean, list or map, but of type "
                + value.getClass().getSimpleName());
    }
}
