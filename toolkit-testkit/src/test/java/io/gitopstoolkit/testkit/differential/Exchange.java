package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One request of a scenario.
 *
 * @param path with {@code {ns}} for the scenario's namespace
 * @param body JSON, or empty
 */
record Exchange(String method, String path, String contentType, String body) {
    private static final Map<String, String> TYPES = Map.of(
            "apply", "application/apply-patch+yaml",
            "merge", "application/merge-patch+json",
            "strategic", "application/strategic-merge-patch+json",
            "json-patch", "application/json-patch+json",
            "json", "application/json");

    Exchange in(String namespace) {
        return new Exchange(method, path.replace("{ns}", namespace), contentType, body.replace("{ns}", namespace));
    }

    @Override
    public String toString() {
        String type = contentType.replaceAll("application/([a-z]+).*", "$1");
        return method + " " + path + (method.equals("PATCH") ? " " + type : "") + (body.isEmpty() ? "" : " " + body);
    }

    /**
     * The requests of a scenario: each begins with a line {@code > METHOD path [type]}, its body follows as YAML. Lines
     * that begin with {@code #} are comments.
     */
    static List<Exchange> parse(String text) {
        var exchanges = new ArrayList<Exchange>();
        for (String part : text.replaceAll("(?m)^#.*\\n", "").split("(?m)^> ", -1)) {
            if (!part.isBlank()) {
                exchanges.add(parseOne(part));
            }
        }
        return exchanges;
    }

    private static Exchange parseOne(String part) {
        int end = part.indexOf('\n');
        String[] head = (end < 0 ? part : part.substring(0, end)).trim().split(" +", 3);
        String body = end < 0 ? "" : part.substring(end + 1).trim();
        String type = TYPES.get(head.length > 2 ? head[2] : "json");
        if (type == null) {
            throw new IllegalArgumentException("no such type: " + part);
        }
        return new Exchange(head[0], head[1], type, body.isEmpty() ? "" : Json.print(Yaml.parse(body)));
    }
}
