package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Base64;
import java.util.stream.Stream;

/** Keeps the values of Secrets out of messages. */
final class Secrets {
    private Secrets() {}

    static boolean isSecret(ObjectRef ref) {
        return ref.group().isEmpty() && ref.kind().equals("Secret");
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
