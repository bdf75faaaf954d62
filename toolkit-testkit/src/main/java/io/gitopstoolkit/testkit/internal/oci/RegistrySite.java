package io.gitopstoolkit.testkit.internal.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.web.Site;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes of a registry.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints">endpoints</a>
 */
public final class RegistrySite implements Site {
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern ROUTE = Pattern.compile("/v2/(" + PART + "(?:/" + PART + ")*)/"
            + "(manifests/|blobs/uploads/?|blobs/|tags/list|referrers/)([^/]*)");
    private static final String CATALOG = "/v2/_catalog";

    private final RegistryStore store;
    private final Blobs blobs;
    private final Manifests manifests;
    private volatile RegistryAccess access = RegistryAccess.OPEN;
    private final Uploads uploads;

    /** A registry to which everybody has access. */
    public RegistrySite(RegistryStore store) {
        this.store = store;
        this.blobs = new Blobs(store);
        this.manifests = new Manifests(store);
        this.uploads = new Uploads(store, (request, scope) -> access.check(request, scope));
    }

    /** From now on is a registry without the referrers API. */
    public void forgetReferrers() {
        manifests.forgetReferrers();
    }

    /** From now on asks for a user name and password with each request. */
    public void requireBasic(String username, Secret password) {
        access = RegistryAccess.basic(Secret.of(basic(username, password.reveal())));
    }

    /**
     * From now on asks for tokens, which live that long.
     *
     * @param root of the server
     */
    public void requireTokens(URI root, Secret basic, Duration life, boolean everybodyPulls) {
        access = new Tokens(root, basic, life, everybodyPulls);
    }

    /** Ends the life of all tokens. */
    public void expireTokens() {
        if (access instanceof Tokens tokens) {
            tokens.expire();
        }
    }

    /** The header with a user name and a password. */
    public static String basic(String username, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((username + ':' + password).getBytes(UTF_8));
    }

    @Override
    public Operation operation(WebRequest request) {
        String path = request.path();
        Matcher route = ROUTE.matcher(path);
        String verb = request.method().charAt(0) + request.method().substring(1).toLowerCase(Locale.ROOT);
        if (path.equals(Tokens.PATH)) {
            return new Operation("GetToken", path);
        }
        if (!route.matches()) {
            return new Operation(path.equals(CATALOG) ? "GetCatalog" : "GetVersion", path);
        }
        String noun = switch (route.group(2)) {
            case "manifests/" -> "Manifest";
            case "blobs/" -> "Blob";
            case "tags/list" -> "Tags";
            case "referrers/" -> "Referrers";
            default -> "Upload";
        };
        return new Operation(verb + noun, path);
    }

    @Override
    public WebAnswer failure(WebRequest request, int status) {
        return versioned(RegistryException.answer(RegistryError.of(status), status, Map.of()));
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        try {
            return versioned(route(request));
        } catch (RegistryException e) {
            return versioned(e.answer());
        }
    }

    static WebAnswer json(int status, String body) {
        return WebAnswer.of(status, "application/json; charset=utf-8", body);
    }

    static WebAnswer noSuchPage() {
        return WebAnswer.of(404, "text/plain; charset=utf-8", "404 page not found\n");
    }

    private static WebAnswer versioned(WebAnswer answer) {
        return answer.with("Docker-Distribution-Api-Version", "registry/2.0").with("X-Content-Type-Options", "nosniff");
    }

    private WebAnswer route(WebRequest request) {
        String path = request.path();
        if (path.equals(Tokens.PATH) && access instanceof Tokens tokens) {
            return tokens.give(request);
        }
        if (path.equals("/v2/") || path.equals("/v2")) {
            access.check(request, "");
            return json(200, "{}");
        }
        if (path.equals(CATALOG)) {
            access.check(request, "registry:catalog:*");
            return page(request, "repositories", new LinkedHashMap<>(), store.names());
        }
        Matcher route = ROUTE.matcher(path);
        if (!route.matches()) {
            return noSuchPage();
        }
        String name = route.group(1);
        access.check(request, scope(request, name));
        return switch (route.group(2)) {
            case "manifests/" -> manifests.answer(request, name, route.group(3));
            case "blobs/" -> blobs.answer(request, name, route.group(3));
            case "referrers/" -> manifests.referrers(request, name, route.group(3));
            case "tags/list" -> tags(request, name);
            default ->
                route.group(3).isEmpty() ? uploads.begin(request, name) : uploads.answer(request, name, route.group(3));
        };
    }

    private static String scope(WebRequest request, String name) {
        String actions = switch (request.method()) {
            case "GET", "HEAD" -> "pull";
            case "DELETE" -> "delete";
            default -> "pull,push";
        };
        return "repository:" + name + ':' + actions;
    }

    private WebAnswer tags(WebRequest request, String name) {
        List<String> tags = store.tags(name);
        if (tags == null) {
            throw new RegistryException(RegistryError.NAME_UNKNOWN, Map.of("name", name));
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("name", name);
        return page(request, "tags", body, tags);
    }

    /** Those after {@code last}, {@code n} of them, with a link to the rest. */
    private static WebAnswer page(WebRequest request, String field, Map<String, Object> body, List<String> all) {
        String last = request.parameter("last");
        int count = count(request);
        List<String> rest =
                all.stream().filter(each -> each.compareTo(last) > 0).toList();
        List<String> page = rest.subList(0, Math.min(count, rest.size()));
        body.put(field, page);
        WebAnswer answer = json(200, Json.print(body) + '\n');
        if (page.isEmpty() || page.size() == rest.size()) {
            return answer;
        }
        String next = URLEncoder.encode(page.get(page.size() - 1), UTF_8);
        return answer.with("Link", '<' + request.path() + "?last=" + next + "&n=" + count + ">; rel=\"next\"");
    }

    private static int count(WebRequest request) {
        if (!request.has("n")) {
            return Integer.MAX_VALUE;
        }
        try {
            return Integer.parseUnsignedInt(request.parameter("n"));
        } catch (NumberFormatException e) {
            throw new RegistryException(RegistryError.PAGINATION_NUMBER_INVALID, Map.of("n", request.parameter("n")));
        }
    }
}
