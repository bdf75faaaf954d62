package io.gitopstoolkit.notify;

import io.gitopstoolkit.api.Secret;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of text that came from elsewhere, such as an answer that quotes the request. */
final class Mask {
    /** A part of an address that is shorter than this is a word rather than a token. */
    private static final int SHORTEST_TOKEN = 6;

    private final List<String> secrets;

    private Mask(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Hides these secrets, and what may be a token in the path or query of {@code address}. */
    static Mask of(URI address, Collection<Secret> secrets) {
        var texts =
                new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));
        secrets.forEach(secret -> texts.add(secret.reveal()));
        // "Bearer token": the token may come back without the word before it.
        secrets.forEach(
                secret -> texts.add(secret.reveal().substring(secret.reveal().lastIndexOf(' ') + 1)));
        addTokens(texts, address.getRawPath(), "/");
        addTokens(texts, address.getPath(), "/");
        addTokens(texts, address.getRawQuery(), "[&=]");
        addTokens(texts, address.getQuery(), "[&=]");
        texts.remove("");
        return new Mask(List.copyOf(texts));
    }

    /** The text with {@code ***} in the place of each secret. */
    String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }

    private static void addTokens(Collection<String> texts, @Nullable String part, String by) {
        if (part == null) {
            return;
        }
        for (String token : part.split(by, -1)) {
            if (token.length() >= SHORTEST_TOKEN) {
                texts.add(token);
            }
        }
    }
}
