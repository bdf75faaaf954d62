package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.api.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates the memory that manifests take. */
final class Weight {
    private static final int OBJECT = 48;

    private Weight() {}

    static long of(List<Manifest> manifests) {
        long weight = 0;
        for (Manifest manifest : manifests) {
            weight += OBJECT + of(manifest.content());
        }
        return weight;
    }

    private static long of(@Nullable Object value) {
        long weight = OBJECT;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                weight += Long.BYTES + of(entry.getValue());
            }
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                weight += Long.BYTES + of(item);
            }
        } else if (value instanceof String text) {
            weight += text.length();
        }
        return weight;
    }
}
