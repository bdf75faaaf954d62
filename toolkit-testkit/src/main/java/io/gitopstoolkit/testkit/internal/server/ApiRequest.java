package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import io.gitopstoolkit.testkit.internal.json.ProtobufReader;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a resource.
 *
 * @param namespace empty for cluster scope and for all namespaces
 * @param name empty for the collection
 * @param subresource empty for the object itself
 * @param query the parameters, and on deletion those of the body's options
 * @param hearing what webhooks have said of it
 */
record ApiRequest(
        HttpRequest http,
        Resource resource,
        String namespace,
        String name,
        String subresource,
        Map<String, List<String>> query,
        Hearing hearing) {
    ApiRequest(
            HttpRequest http,
            Resource resource,
            String namespace,
            String name,
            String subresource,
            Map<String, List<String>> query) {
        this(http, resource, namespace, name, subresource, query, new Hearing());
    }

    String parameter(String key) {
        List<String> values = query.get(key);
        return values == null || values.isEmpty() ? "" : values.get(0);
    }

    boolean flag(String key) {
        String value = parameter(key);
        return query.containsKey(key) && (value.isEmpty() || value.equals("true") || value.equals("1"));
    }

    /** Whether nothing is to be written. */
    boolean isDryRun() {
        List<String> values = query.getOrDefault("dryRun", List.of());
        for (String value : values) {
            if (!value.equals("All")) {
                throw ApiException.invalid(
                        "meta.k8s.io",
                        optionsKind(),
                        "",
                        List.of(FieldError.unsupported("dryRun", values, List.of("All"))));
            }
        }
        return !values.isEmpty();
    }

    String optionsKind() {
        return switch (http.method()) {
            case "POST" -> "CreateOptions";
            case "PATCH" -> "PatchOptions";
            case "DELETE" -> "DeleteOptions";
            default -> "UpdateOptions";
        };
    }

    /** The same request about another resource. */
    ApiRequest of(Resource other) {
        return new ApiRequest(http, other, namespace, name, subresource, query, hearing);
    }

    /** The same request about another part of the object. */
    ApiRequest withSubresource(String part) {
        return new ApiRequest(http, resource, namespace, name, part, query, hearing);
    }

    /** Who writes: the parameter, or the first part of the client's name. */
    String fieldManager() {
        String manager = parameter("fieldManager");
        if (!manager.isEmpty()) {
            return manager;
        }
        String agent = http.header("user-agent");
        int slash = agent.indexOf('/');
        return slash < 0 ? agent : agent.substring(0, slash);
    }

    /** {@code Strict}, {@code Warn} or {@code Ignore}. */
    String fieldValidation() {
        String level = parameter("fieldValidation");
        return level.isEmpty() ? "Warn" : level;
    }

    /** The media type of the body, in lower case, without its parameters. */
    String contentType() {
        String type = http.header("content-type");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }

    /** The body as an object, JSON or YAML by its media type. */
    Map<String, Object> body() {
        try {
            Object body = parse();
            Map<String, Object> map = Tree.map(body);
            if (map == null) {
                throw ApiException.badRequest("the body of the request is no object");
            }
            return map;
        } catch (JsonException e) {
            throw ApiException.badRequest(
                    (contentType().contains("yaml") ? "error decoding YAML: " : "") + e.getMessage());
        }
    }

    private @Nullable Object parse() {
        String type = contentType();
        if (type.equals(ProtobufReader.MEDIA_TYPE)) {
            return ProtobufReader.read(http.body().getBytes(StandardCharsets.ISO_8859_1));
        }
        return type.contains("yaml") ? Yaml.parse(http.body()) : Json.parse(http.body());
    }

    /** The body, or an empty object where there is none. */
    Map<String, Object> bodyIfAny() {
        return http.body().isBlank() ? new LinkedHashMap<>() : body();
    }
}
