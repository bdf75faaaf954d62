package io.gitopstoolkit.kustomize.internal.yaml;

import java.util.HashMap;
import java.util.Map;

/** The directives of a document, and with them the full names of its tags. */
final class TagHandles {
    private final Map<String, String> prefixes = new HashMap<>();
    private boolean versioned;

    /** Reads what stands before the content of a document; false where there is no content. */
    boolean readHead(Scanner scanner) {
        Tokens tokens = scanner.tokens;
        TokenType type = scanner.peek();
        if (!belongsToHead(type)) {
            return true;
        }
        while (type == TokenType.VERSION_DIRECTIVE || type == TokenType.TAG_DIRECTIVE) {
            if (type == TokenType.TAG_DIRECTIVE) {
                add(tokens.text(), tokens.extra(), tokens.start());
            } else {
                checkVersion(tokens.text(), tokens.start());
            }
            tokens.take();
            type = scanner.peek();
        }
        if (type != TokenType.DOCUMENT_START) {
            throw new YamlProblem("--- is missing behind the directives", tokens.start());
        }
        tokens.take();
        type = scanner.peek();
        return !belongsToHead(type) && type != TokenType.DOCUMENT_END && type != TokenType.STREAM_END;
    }

    private static boolean belongsToHead(TokenType type) {
        return type == TokenType.VERSION_DIRECTIVE
                || type == TokenType.TAG_DIRECTIVE
                || type == TokenType.DOCUMENT_START;
    }

    private void checkVersion(String version, int at) {
        if (versioned) {
            throw new YamlProblem("a second YAML directive", at);
        }
        if (!version.equals("1.1")) {
            throw new YamlProblem("a YAML directive of another version than 1.1", at);
        }
        versioned = true;
    }

    private void add(String handle, String prefix, int at) {
        if (prefixes.putIfAbsent(handle, prefix) != null) {
            throw new YamlProblem("a second TAG directive for one handle", at);
        }
    }

    /** The full name of a tag. */
    String resolve(String handle, String suffix, int at) {
        if (handle.isEmpty()) {
            return suffix;
        }
        String prefix = prefixes.get(handle);
        if (prefix == null) {
            prefix = switch (handle) {
                case "!" -> "!";
                case "!!" -> "tag:yaml.org,2002:";
                default -> throw new YamlProblem("a tag with a handle that no directive defines", at);
            };
        }
        return prefix + suffix;
    }
}
