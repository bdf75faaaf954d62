package io.gitopstoolkit.testkit.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one YAML document as the tree that the same JSON would be. */
public final class Yaml {
    private Yaml() {}

    /**
     * The tree that {@code text} holds; what begins as JSON is read as JSON.
     *
     * @throws JsonException if it is neither
     */
    public static @Nullable Object parse(String text) {
        if (text.stripLeading().startsWith("{\"")) {
            return Json.parse(text);
        }
        try {
            return plain(new Load(LoadSettings.builder().build()).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new JsonException("error converting YAML to JSON: yaml: " + e.getMessage());
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<String, Object>();
            map.forEach((key, item) -> plain.put(String.valueOf(key), plain(item)));
            return plain;
        }
        if (value instanceof List<?> list) {
            var plain = new ArrayList<Object>();
            list.forEach(item -> plain.add(plain(item)));
            return plain;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof Number number && !(value instanceof Long) ? (Object) number.doubleValue() : value;
    }
}
