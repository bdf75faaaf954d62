package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A part of a list.
 *
 * @param rest how many objects come after it
 * @param version of the whole list, which its later pages show too
 */
record Page(List<Map<String, Object>> objects, int rest, long version) {
    private static final String FORM = "meta.k8s.io/v1";

    /**
     * Where a page begins.
     *
     * @param after the key of the last object of the page before; empty for the first page
     */
    record Start(long version, String after) {
        static Start of(ListOptions options, long now, String prefix) {
            if (!options.continueToken().isEmpty()) {
                if (!options.resourceVersion().isEmpty()
                        && !options.resourceVersion().equals("0")) {
                    throw ApiException.badRequest("specifying resource version is not allowed when using continue");
                }
                return of(options.continueToken(), now, prefix);
            }
            long version = options.version();
            return new Start(options.isExact() ? version : now, "");
        }

        private static Start of(String token, long now, String prefix) {
            Object parsed;
            try {
                parsed = Json.parse(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException | JsonException e) {
                throw invalid("continue key is not valid: " + e.getMessage());
            }
            String form = Tree.text(parsed, "v");
            if (!form.equals(FORM)) {
                throw invalid("continue key is not valid: server does not recognize this encoded version " + form);
            }
            long version = Tree.number(parsed, 0, "rv");
            String start = Tree.text(parsed, "start");
            if (version == 0) {
                throw invalid(
                        "continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
            }
            if (start.isEmpty()) {
                throw invalid("continue key is not valid: encoded start key empty (version meta.k8s.io/v1)");
            }
            String key = prefix + start.replaceFirst("^/", "").replace("\0", "");
            return new Start(version < 0 ? now : version, key);
        }

        private static ApiException invalid(String message) {
            return ApiException.badRequest("invalid continue token: " + message);
        }
    }

    static Page of(List<Map<String, Object>> selected, Start start, long limit) {
        List<Map<String, Object>> left = selected.stream()
                .filter(object -> keyOf(object).compareTo(start.after()) > 0)
                .toList();
        int size = limit > 0 ? (int) Math.min(limit, left.size()) : left.size();
        return new Page(left.subList(0, size), left.size() - size, start.version());
    }

    /** What the next page is asked for with. */
    String token(String prefix) {
        String key = keyOf(objects.get(objects.size() - 1)).substring(prefix.length());
        String text = Json.print(Tree.of("v", FORM, "rv", version, "start", key + "\0"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String keyOf(Map<String, Object> object) {
        String namespace = Tree.text(object, "metadata", "namespace");
        return (namespace.isEmpty() ? "" : namespace + "/") + Tree.text(object, "metadata", "name");
    }
}
