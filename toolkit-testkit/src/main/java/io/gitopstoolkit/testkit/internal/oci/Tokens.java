package io.gitopstoolkit.testkit.internal.oci;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Access by tokens, which the same server gives out against a user name and password, each for some scopes and some time.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Docker's token authentication</a>
 */
final class Tokens implements RegistryAccess {
    static final String PATH = "/token";
    private static final String SERVICE = "gitopstoolkit-testkit";

    private final URI root;
    private final Secret credentials;
    private final Duration life;
    private final Clock clock;
    private final boolean everybodyPulls;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(Set<String> scopes, Instant end) {}

    /**
     * Access by tokens.
     *
     * @param root of the server
     * @param credentials the header against which tokens are given out
     * @param everybodyPulls whether tokens that are good for reading are given to everybody
     */
    Tokens(URI root, Secret credentials, Duration life, boolean everybodyPulls) {
        this.root = root;
        this.credentials = credentials;
        this.life = life;
        this.clock = Clock.systemUTC();
        this.everybodyPulls = everybodyPulls;
    }

    /** Ends the life of all tokens. */
    void expire() {
        tokens.replaceAll((text, token) -> new Token(token.scopes(), Instant.EPOCH));
    }

    @Override
    public void check(WebRequest request, String scope) {
        String given = request.header("Authorization");
        if (!given.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw challenge(scope, "");
        }
        Token token = tokens.get(given.substring(7).trim());
        if (token == null || token.end().isBefore(clock.instant())) {
            throw challenge(scope, ",error=\"invalid_token\"");
        }
        if (!scope.isEmpty() && !token.scopes().containsAll(each(List.of(scope)))) {
            throw challenge(scope, ",error=\"insufficient_scope\"");
        }
    }

    /** A token, or 401 where the credentials are wrong. */
    WebAnswer give(WebRequest request) {
        boolean form = request.method().equals("POST");
        WebRequest asked =
                form ? new WebRequest("GET", PATH + '?' + request.text(), request.headers(), request.body()) : request;
        boolean known = credentials.equals(Secret.of(form ? basic(asked) : request.header("Authorization")));
        if (!known && (!request.header("Authorization").isEmpty() || form || !everybodyPulls)) {
            return RegistryException.answer(RegistryError.UNAUTHORIZED, 401, Map.of())
                    .with("Www-Authenticate", "Basic realm=\"registry\"");
        }
        Set<String> granted = each(scopes(asked));
        if (!known) {
            granted.removeIf(scope -> !scope.endsWith(":pull"));
        }
        String text = UUID.randomUUID().toString();
        tokens.put(text, new Token(granted, clock.instant().plus(life)));
        return RegistrySite.json(200, Json.print(body(text, form)));
    }

    private Map<String, Object> body(String token, boolean form) {
        var body = new LinkedHashMap<String, Object>();
        if (!form) {
            body.put("token", token);
        }
        body.put("access_token", token);
        body.put("expires_in", life.toSeconds());
        body.put("issued_at", clock.instant().toString());
        return body;
    }

    private static String basic(WebRequest asked) {
        return RegistrySite.basic(asked.parameter("username"), asked.parameter("password"));
    }

    /** Several scopes come as several parameters, or in one with blanks between. */
    private static List<String> scopes(WebRequest request) {
        var scopes = new ArrayList<String>();
        for (String pair : request.rawQuery().split("&", -1)) {
            if (pair.startsWith("scope=")) {
                String value = new WebRequest("GET", "/?" + pair, Map.of(), new byte[0]).parameter("scope");
                scopes.addAll(List.of(value.split(" ", -1)));
            }
        }
        return scopes;
    }

    /** Each scope with one action alone: {@code repository:shop:pull,push} is two. */
    private static Set<String> each(List<String> scopes) {
        var all = new LinkedHashSet<String>();
        for (String scope : scopes) {
            int colon = scope.lastIndexOf(':');
            if (colon > 0) {
                for (String action : scope.substring(colon + 1).split(",", -1)) {
                    all.add(scope.substring(0, colon + 1) + action);
                }
            }
        }
        return all;
    }

    private RegistryException challenge(String scope, String error) {
        String text = "Bearer realm=\"" + root.resolve(PATH) + "\",service=\"" + SERVICE + '"'
                + (scope.isEmpty() ? "" : ",scope=\"" + scope + '"') + error;
        return new RegistryException(RegistryError.UNAUTHORIZED, detail(scope), Map.of("Www-Authenticate", text));
    }

    private static Object detail(@Nullable String scope) {
        return scope == null || scope.isEmpty() ? Map.of() : Map.of("Scope", scope);
    }
}
