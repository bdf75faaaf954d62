package io.gitopstoolkit.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a registry answered to a series of requests, as text without what differs from run to run. */
final class RegistryTranscript {
    private static final List<String> HEADERS = List.of(
            "accept-ranges",
            "cache-control",
            "content-length",
            "content-range",
            "content-type",
            "docker-content-digest",
            "docker-distribution-api-version",
            "docker-upload-uuid",
            "etag",
            "link",
            "location",
            "range",
            "x-content-type-options");

    private static final Pattern ERROR = Pattern.compile("\"code\":\"[A-Z_]+\",\"message\":\"[^\"]+\"");

    private final URI root;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StringBuilder text = new StringBuilder();
    private URI upload = URI.create("/");

    RegistryTranscript(URI root) {
        this.root = root;
    }

    String text() {
        return text.toString();
    }

    void send(String method, String target, String body, String... headers) throws IOException, InterruptedException {
        send(method, root.resolve(target), target, body, headers);
    }

    /** Goes on with the upload that the latest answer told of. */
    void upload(String method, String query, String body) throws IOException, InterruptedException {
        String target = upload.toString();
        String separator = target.contains("?") ? "&" : "?";
        URI uri = query.isEmpty() ? upload : URI.create(target + separator + query);
        send(method, uri, "the upload " + query, body, "Content-Type", "application/octet-stream");
    }

    private void send(String method, URI uri, String name, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            text.append(method)
                    .append(' ')
                    .append(name)
                    .append(" -> ")
                    .append(e.getMessage())
                    .append('\n');
            return;
        }
        answer.headers()
                .firstValue("location")
                .filter(location -> location.contains("/uploads/"))
                .ifPresent(location -> upload = root.resolve(location));
        String errors = errors(answer.body());
        text.append(method)
                .append(' ')
                .append(name)
                .append(" -> ")
                .append(answer.statusCode())
                .append('\n');
        for (String header : HEADERS) {
            if (header.equals("content-length") && answer.statusCode() >= 400) {
                continue; // what an error says in detail is each registry's own
            }
            answer.headers()
                    .firstValue(header)
                    .ifPresent(value -> text.append("  ")
                            .append(header)
                            .append(": ")
                            .append(normal(value))
                            .append('\n'));
        }
        text.append("  ")
                .append(errors.isEmpty() ? normal(answer.body()).trim() : errors)
                .append('\n');
    }

    private static String errors(String body) {
        return ERROR.matcher(body).results().map(MatchResult::group).distinct().collect(Collectors.joining(" "));
    }

    private String normal(String value) {
        return value.replace(root.toString(), "/")
                .replaceAll("[?&]_state=[^&]*", "")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "<id>");
    }
}
