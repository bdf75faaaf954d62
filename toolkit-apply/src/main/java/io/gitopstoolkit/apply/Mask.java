package io.gitopstoolkit.apply;

import io.gitopstoolkit.apply.internal.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts masks in place of the values of Secrets in two states of one object: {@code ***} where both have the same, {@code
 * *** (before)} and {@code *** (after)} where they differ. A Secret that is an item of a list, or a part of another object,
 * is masked as well; so are annotations that repeat its values, such as that of {@code kubectl apply}.
 *
 * @see <a href="https://github.com/fluxcd/pkg/blob/main/ssa/manager_diff.go">Flux: ssa/manager_diff.go</a>
 */
final class Mask {
    private static final String SAME = "***";
    private static final String BEFORE = "*** (before)";
    private static final String AFTER = "*** (after)";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    /** A shorter value is found in many a text by chance. */
    private static final int SHORTEST_WITHIN = 4;

    private static final List<String> HIDDEN = List.of("data", "stringData");

    private Mask() {}

    /** Two values that may be shown; null where there is none. */
    record Pair(@Nullable Object before, @Nullable Object after) {
        Map<String, @Nullable Object> mapBefore() {
            return before instanceof Map<?, ?> map ? Tree.cast(map) : Map.of();
        }

        Map<String, @Nullable Object> mapAfter() {
            return after instanceof Map<?, ?> map ? Tree.cast(map) : Map.of();
        }
    }

    /** Masks both states; what holds no Secret is returned as it is. */
    static Pair of(@Nullable Map<String, @Nullable Object> before, @Nullable Map<String, @Nullable Object> after) {
        return holdsSecret(before) || holdsSecret(after) ? walk(new Pair(before, after)) : new Pair(before, after);
    }

    /** Whether the value is a Secret, or one is in it. */
    static boolean holdsSecret(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return isSecret(map)
                    || "SecretList".equals(map.get("kind"))
                    || map.values().stream().anyMatch(Mask::holdsSecret);
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Mask::holdsSecret);
        }
        return value instanceof String text && repeatsSecret(text);
    }

    private static boolean isSecret(@Nullable Object value) {
        return value instanceof Map<?, ?> map && "Secret".equals(map.get("kind")) && "v1".equals(map.get("apiVersion"));
    }

    /** Whether a text is JSON that holds a Secret, as annotations of what creates objects from templates do. */
    private static boolean repeatsSecret(String text) {
        return text.startsWith("{") && text.contains("\"Secret\"") && text.contains("\"kind\"");
    }

    private static Pair walk(Pair pair) {
        if (isSecret(pair.before()) || isSecret(pair.after())) {
            return secret(pair);
        }
        if (pair.before() instanceof Map || pair.after() instanceof Map) {
            boolean secrets =
                    Stream.of(pair.mapBefore(), pair.mapAfter()).anyMatch(map -> "SecretList".equals(map.get("kind")));
            return maps(pair, (key, inner) -> secrets && key.equals("items") ? secrets(inner) : walk(inner));
        }
        if (pair.before() instanceof List || pair.after() instanceof List) {
            return lists(pair, Mask::walk);
        }
        boolean repeats = Stream.of(pair.before(), pair.after())
                .anyMatch(value -> value instanceof String text && repeatsSecret(text));
        return repeats ? hide(pair) : pair;
    }

    private static Pair secrets(Pair items) {
        return items.before() instanceof List || items.after() instanceof List
                ? lists(items, Mask::secret)
                : hide(items);
    }

    private static Pair secret(Pair secret) {
        Set<String> values = values(secret);
        return maps(secret, (key, inner) -> {
            if (HIDDEN.contains(key)) {
                return isMap(inner) ? maps(inner, (name, value) -> hide(value)) : hide(inner);
            }
            return key.equals("metadata") && isMap(inner) ? metadata(inner, values) : walk(inner);
        });
    }

    private static Pair metadata(Pair metadata, Set<String> values) {
        return maps(metadata, (key, inner) -> {
            if (!key.equals("annotations") || !isMap(inner)) {
                return inner;
            }
            return maps(
                    inner, (name, value) -> name.equals(LAST_APPLIED) || repeats(value, values) ? hide(value) : value);
        });
    }

    private static boolean repeats(Pair annotation, Set<String> values) {
        return Stream.of(annotation.before(), annotation.after())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .anyMatch(text -> repeatsSecret(text)
                        || values.stream()
                                .anyMatch(value -> text.equals(value)
                                        || (value.length() >= SHORTEST_WITHIN && text.contains(value))));
    }

    /** All values of both states, as they are given, encoded and decoded. */
    private static Set<String> values(Pair secret) {
        var values = new LinkedHashSet<String>();
        for (var state : List.of(secret.mapBefore(), secret.mapAfter())) {
            Tree.map(state, "stringData").values().forEach(value -> values.add(String.valueOf(value)));
            Tree.map(state, "data").values().forEach(value -> {
                values.add(String.valueOf(value));
                values.add(decoded(String.valueOf(value)));
            });
        }
        values.remove("");
        return values;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Pair hide(Pair value) {
        if (Objects.equals(value.before(), value.after())) {
            return value.before() == null ? value : new Pair(SAME, SAME);
        }
        return new Pair(value.before() == null ? null : BEFORE, value.after() == null ? null : AFTER);
    }

    private static boolean isMap(Pair pair) {
        return (pair.before() == null || pair.before() instanceof Map)
                && (pair.after() == null || pair.after() instanceof Map);
    }

    private static boolean isList(@Nullable Object value) {
        return value == null || value instanceof List;
    }

    private interface Inner {
        Pair of(String key, Pair value);
    }

    private interface Item {
        Pair of(Pair value);
    }

    /** Two maps, masked key by key; another value beside a map is hidden. */
    private static Pair maps(Pair pair, Inner inner) {
        if (!isMap(pair)) {
            return hide(pair);
        }
        var before = new LinkedHashMap<>(pair.mapBefore());
        var after = new LinkedHashMap<>(pair.mapAfter());
        var keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Pair masked = inner.of(key, new Pair(before.get(key), after.get(key)));
            before.computeIfPresent(key, (same, value) -> masked.before());
            after.computeIfPresent(key, (same, value) -> masked.after());
        }
        return new Pair(pair.before() == null ? null : before, pair.after() == null ? null : after);
    }

    /** Two lists, masked place by place. */
    private static Pair lists(Pair pair, Item item) {
        if (!isList(pair.before()) || !isList(pair.after())) {
            return hide(pair);
        }
        List<?> left = pair.before() instanceof List<?> list ? list : List.of();
        List<?> right = pair.after() instanceof List<?> list ? list : List.of();
        var before = new ArrayList<@Nullable Object>();
        var after = new ArrayList<@Nullable Object>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            Pair masked =
                    item.of(new Pair(i < left.size() ? left.get(i) : null, i < right.size() ? right.get(i) : null));
            if (i < left.size()) {
                before.add(masked.before());
            }
            if (i < right.size()) {
                after.add(masked.after());
            }
        }
        return new Pair(pair.before() == null ? null : before, pair.after() == null ? null : after);
    }
}
