package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.http.Accept;
import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import io.gitopstoolkit.testkit.internal.http.HttpResponse;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.OpenApiDocuments;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schemas of all kinds, as OpenAPI v3: an index, and a document for each group and version, known by its hash. */
final class OpenApi {
    private static final String ROOT = "/openapi/v3";
    private static final String JSON = "application/json";

    private final Registry registry;
    private final OpenApiDocuments documents = new OpenApiDocuments();

    OpenApi(Registry registry) {
        this.registry = registry;
    }

    /**
     * The answer to a request below {@code /openapi/}.
     *
     * @throws ApiException 501 for OpenAPI v2, 406 where JSON will not do
     */
    HttpResponse answer(HttpRequest request) {
        String path = request.path().replaceAll("/+$", "");
        if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
            throw ApiException.notImplemented("OpenAPI v2");
        }
        if (Accept.parse(request.header("accept")).stream().noneMatch(clause -> clause.allows(JSON))) {
            throw ApiException.notAcceptable("OpenAPI documents are there as application/json alone");
        }
        return path.equals(ROOT) ? index() : document(request, path.substring(ROOT.length() + 1));
    }

    private HttpResponse index() {
        var hashes = new TreeMap<>(documents.hashes());
        customGroupVersions().forEach(name -> hashes.put(name, hash(customDocument(name))));
        var paths = new LinkedHashMap<String, Object>();
        hashes.forEach((name, hash) -> paths.put(name, Tree.of("serverRelativeURL", urlOf(name, hash))));
        return new HttpResponse(200, "text/plain; charset=utf-8", Json.print(Tree.of("paths", paths)));
    }

    private static String urlOf(String name, String hash) {
        return ROOT + "/" + name + "?hash=" + hash;
    }

    private HttpResponse document(HttpRequest request, String name) {
        String builtIn = documents.hashes().get(name);
        if (builtIn == null && !customGroupVersions().contains(name)) {
            return new HttpResponse(404, "text/plain; charset=utf-8", "404 page not found\n");
        }
        String custom = builtIn == null ? customDocument(name) : "";
        String hash = builtIn == null ? hash(custom) : builtIn;
        List<String> wanted = request.query().getOrDefault("hash", List.of());
        String tag = "\"" + hash + "\"";
        if (!wanted.isEmpty() && !wanted.get(0).equals(hash)) {
            return new HttpResponse(301, JSON, "").with("Location", urlOf(name, hash));
        }
        if (request.header("if-none-match").contains(tag)) {
            return new HttpResponse(304, JSON, "").with("Etag", tag);
        }
        String body = builtIn == null ? custom : Json.print(documents.builtIn(name));
        return new HttpResponse(200, JSON, body)
                .with("Etag", tag)
                .with("Vary", "Accept")
                .with("Cache-Control", wanted.isEmpty() ? "no-cache, private" : "public, immutable");
    }

    private List<String> customGroupVersions() {
        var names = new ArrayList<String>();
        for (Resource resource : registry.all()) {
            String name = "apis/" + resource.apiVersion();
            if (resource.isCustom() && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The documents of the kinds of a group and version, put together. */
    private String customDocument(String name) {
        Map<String, Object> whole = new LinkedHashMap<>();
        for (Resource resource : registry.all()) {
            if (!resource.isCustom() || !name.equals("apis/" + resource.apiVersion())) {
                continue;
            }
            Map<String, Object> document = documentOf(resource);
            if (whole.isEmpty()) {
                whole.putAll(document);
            } else {
                Tree.mapAt(whole, "paths").putAll(Tree.mapAt(document, "paths"));
                Tree.mapAt(whole, "components", "schemas").putAll(Tree.mapAt(document, "components", "schemas"));
            }
        }
        return Json.print(whole);
    }

    private Map<String, Object> documentOf(Resource resource) {
        var kind = new OpenApiDocuments.Kind(
                resource.group(), resource.version(), resource.kind(), resource.isNamespaced());
        List<String> subresources = Tree.mapsAt(resource.discovery(), "subresources").stream()
                .map(sub -> Tree.text(sub, "name"))
                .toList();
        Map<String, Object> schema = Tree.mapAt(resource.discovery(), "definition", "schema", "openAPIV3Schema");
        return documents.custom(kind, resource.name(), schema, subresources);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}
