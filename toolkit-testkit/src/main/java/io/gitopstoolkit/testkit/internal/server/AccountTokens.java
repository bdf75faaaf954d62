package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Authentication;
import io.gitopstoolkit.testkit.internal.access.Caller;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens of service accounts: JSON web tokens, signed with a key of this instance. They are taken as long as the
 * instance lives, for no clock of a test is to end them.
 */
final class AccountTokens {
    private static final long DEFAULT_SECONDS = 3600;
    private static final long FEWEST_SECONDS = 600;

    private final Authentication authentication;
    private final Times times;
    private @Nullable KeyPair key;

    AccountTokens(Authentication authentication, Times times) {
        this.authentication = authentication;
        this.times = times;
    }

    /** Answers a request for a token of the account. */
    Writes.Answer issue(ApiRequest request, Map<String, Object> account) {
        Map<String, Object> spec = Tree.child(request.body(), "spec");
        if (spec.get("boundObjectRef") instanceof Map) {
            throw ApiException.notImplemented("tokens that are bound to an object");
        }
        long seconds = Tree.number(spec, DEFAULT_SECONDS, "expirationSeconds");
        if (seconds < FEWEST_SECONDS) {
            throw ApiException.invalid(
                    Reviews.AUTHENTICATION,
                    "TokenRequest",
                    "",
                    List.of(FieldError.invalid(
                            "spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes")));
        }
        List<String> asked = Tree.textsAt(spec, "audiences");
        List<Object> audiences = new ArrayList<>(asked.isEmpty() ? List.of(Reviews.AUDIENCE) : asked);
        Instant now = times.instant().truncatedTo(ChronoUnit.SECONDS);
        String token = token(account, audiences, now, seconds);
        Map<String, Object> answer = Tree.of("kind", "TokenRequest", "apiVersion", "authentication.k8s.io/v1");
        answer.put("metadata", metadata(request, account));
        Map<String, Object> answeredSpec = Tree.of("audiences", audiences, "expirationSeconds", seconds);
        answeredSpec.put("boundObjectRef", null);
        answer.put("spec", answeredSpec);
        answer.put(
                "status",
                Tree.of(
                        "token",
                        token,
                        "expirationTimestamp",
                        now.plusSeconds(seconds).toString()));
        return new Writes.Answer(201, answer, List.of());
    }

    private Map<String, Object> metadata(ApiRequest request, Map<String, Object> account) {
        Map<String, Object> metadata = Tree.of(
                "name", request.name(), "namespace", request.namespace(), "uid", Tree.text(account, "metadata", "uid"));
        metadata.put("creationTimestamp", times.now());
        metadata.put(
                "managedFields",
                Tree.listOf(Tree.of(
                        "manager",
                        request.fieldManager(),
                        "operation",
                        "Update",
                        "apiVersion",
                        "authentication.k8s.io/v1",
                        "time",
                        times.now(),
                        "fieldsType",
                        "FieldsV1",
                        "fieldsV1",
                        Tree.of("f:spec", Tree.of("f:expirationSeconds", Tree.of())),
                        "subresource",
                        "token")));
        return metadata;
    }

    private String token(Map<String, Object> account, List<Object> audiences, Instant now, long seconds) {
        String namespace = Tree.text(account, "metadata", "namespace");
        String name = Tree.text(account, "metadata", "name");
        String uid = Tree.text(account, "metadata", "uid");
        Caller caller = Caller.serviceAccount(namespace, name);
        String id = UUID.randomUUID().toString();
        Map<String, Object> kubernetes =
                Tree.of("namespace", namespace, "serviceaccount", Tree.of("name", name, "uid", uid));
        long second = now.getEpochSecond();
        Map<String, Object> claims =
                Tree.of("aud", audiences, "exp", second + seconds, "iat", second, "iss", Reviews.AUDIENCE, "jti", id);
        claims.put("kubernetes.io", kubernetes);
        claims.put("nbf", second);
        claims.put("sub", caller.name());
        String token =
                sign(encode(Json.print(Tree.of("alg", "ES256", "typ", "JWT"))) + "." + encode(Json.print(claims)));
        authentication.accept(
                token,
                new Caller(
                        caller.name(),
                        uid,
                        caller.groups(),
                        Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=" + id))));
        return token;
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized String sign(String content) {
        try {
            if (key == null) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(256);
                key = generator.generateKeyPair();
            }
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with elliptic curves", e);
        }
    }
}
