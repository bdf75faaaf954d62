package io.gitopstoolkit.kustomize.internal.yaml;

import java.util.HashMap;
import java.util.Map;

/** The directives of a document, and with them the full names of its tags. */
final class TagHandles {
    private final Map<String, String> prefixes = new HashMap<>();
    private boolean versioned;

    void checkVersion(String version, int at) {
        if (versioned) {
            throw new YamlProblem("a second YAML directive", at);
        }
        if (!version.equals("1.1")) {
            throw new YamlProblem("a YAML directive of another version than 1.1", at);
        }
        versioned = true;
    }

    void add(String handle, String prefix, int at) {
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
