package io.gitopstoolkit.kustomize.internal.yaml;

/** Text for test input. */
final class ScalarText {
    private ScalarText() {}

    /** A string in double quotes, escaped so that any YAML or JSON parser reads it back. */
    static String json(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                json.append(c);
            } else if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** Whether bare text is a number that JSON cannot hold, which the reference refuses. */
    static boolean isInfinite(String text) {
        return text.matches("(?i)[-+]?\\.(inf|nan)");
    }
}
