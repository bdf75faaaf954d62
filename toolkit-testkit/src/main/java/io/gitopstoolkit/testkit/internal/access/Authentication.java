package io.gitopstoolkit.testkit.internal.access;

import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tells by bearer tokens and impersonation headers who asks. Safe between threads. */
public final class Authentication {
    private static final String BEARER = "bearer ";
    private static final String EXTRA = "impersonate-extra-";

    private final Map<String, Caller> tokens = new ConcurrentHashMap<>();
    private final Caller unnamed;

    /** @param unnamed who those are that send no token */
    public Authentication(Caller unnamed) {
        this.unnamed = unnamed;
    }

    /** Takes the token for the user from now on. */
    public void accept(String token, Caller caller) {
        tokens.put(token, caller);
    }

    /** The user of a token; null where it is nobody's. */
    public @Nullable Caller ofToken(String token) {
        return tokens.get(token);
    }

    /** Who sent the request; null where the token is nobody's. */
    public @Nullable Caller of(HttpRequest request) {
        String header = request.header("authorization");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return unnamed;
        }
        return ofToken(header.substring(BEARER.length()).trim());
    }

    /** As whom the request is to be carried out; null where nobody is to be impersonated. */
    public static @Nullable Caller impersonated(HttpRequest request) {
        String name = request.header("impersonate-user");
        String uid = request.header("impersonate-uid");
        List<String> groups = split(request.header("impersonate-group"));
        var extra = new TreeMap<String, List<String>>();
        request.headers().forEach((header, value) -> {
            if (header.startsWith(EXTRA)) {
                String key = URLDecoder.decode(header.substring(EXTRA.length()), StandardCharsets.UTF_8);
                extra.put(key, split(value));
            }
        });
        boolean nobody = name.isEmpty() && uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
        return nobody ? null : new Caller(name, uid, groups, extra);
    }

    private static List<String> split(String header) {
        var values = new ArrayList<String>();
        for (String value : header.split(",", -1)) {
            if (!value.isBlank()) {
                values.add(value.trim());
            }
        }
        return values;
    }

    /** The same user as the API carries out requests for them. */
    public static Caller complete(Caller impersonated) {
        return impersonated.withGroupsOfAuthenticated();
    }

    /** What somebody must be allowed to do to act as that user. */
    public static List<Target> rightsToBe(Caller wanted) {
        var targets = new ArrayList<Target>();
        if (wanted.isServiceAccount()) {
            String[] account = wanted.serviceAccountParts();
            targets.add(Target.of("impersonate", "", "serviceaccounts", account[0], account[1]));
        } else {
            targets.add(Target.of("impersonate", "", "users", "", wanted.name()));
        }
        wanted.groups().forEach(group -> targets.add(Target.of("impersonate", "", "groups", "", group)));
        String api = "authentication.k8s.io";
        if (!wanted.uid().isEmpty()) {
            targets.add(Target.of("impersonate", api, "uids", "", wanted.uid()));
        }
        wanted.extra()
                .forEach((key, values) -> values.forEach(
                        value -> targets.add(new Target("impersonate", api, "", "userextras", key, "", value, ""))));
        return targets;
    }
}
