package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Comparison.Difference;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the values of Secrets out of plans and messages. */
final class Secrets {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Secrets() {}

    static boolean isSecret(ObjectRef ref) {
        return ref.group().isEmpty() && ref.kind().equals("Secret");
    }

    /** The fields of a plan, masked where the object is a Secret. */
    static List<Plan.Field> fields(ObjectRef ref, List<Difference> differences) {
        return differences.stream()
                .map(found -> isSecret(ref)
                        ? new Plan.Field(
                                found.path(),
                                mask(found.path(), found.before(), "*** (before)"),
                                mask(found.path(), found.after(), "*** (after)"))
                        : new Plan.Field(found.path(), found.before(), found.after()))
                .toList();
    }

    private static @Nullable Object mask(String path, @Nullable Object value, String mask) {
        boolean hidden = path.startsWith("data") || path.startsWith("stringData") || path.contains(LAST_APPLIED);
        if (value instanceof Map<?, ?> map) {
            var masked = new LinkedHashMap<String, @Nullable Object>();
            Tree.cast(map).forEach((key, inner) -> masked.put(key, mask(path + '[' + key + ']', inner, mask)));
            return Collections.unmodifiableMap(masked);
        }
        return hidden && value != null ? mask : value;
    }

    /** Whether {@code text} holds a value of the Secret, plain or in Base64. */
    static boolean appearIn(String text, Manifest secret) {
        return Stream.of("data", "stringData")
                .flatMap(field -> Tree.map(secret.content(), field).values().stream())
                .map(String::valueOf)
                .flatMap(value -> Stream.of(value, decoded(value)))
                .anyMatch(value -> !value.isEmpty() && text.contains(value));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
