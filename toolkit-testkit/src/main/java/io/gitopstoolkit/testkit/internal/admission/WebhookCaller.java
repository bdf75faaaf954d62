package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Asks webhooks, over HTTPS. Safe between threads; blocks as long as the webhook's timeout lets it. */
final class WebhookCaller {
    private static final int LONGEST_ANSWER = 3 * 1024 * 1024;

    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
    private final ServiceAddresses services;

    WebhookCaller(ServiceAddresses services) {
        this.services = services;
    }

    /** Where services are; they have no endpoints here unless somebody says so. */
    interface ServiceAddresses {
        /** The address for a service's port; null where there is none. */
        @Nullable
        URI find(String namespace, String name, long port);

        /** Whether there is such a service at all. */
        boolean exists(String namespace, String name);
    }

    /**
     * The {@code response} of the webhook's review.
     *
     * @throws CallFailure if there is no usable one
     */
    Map<String, Object> call(Webhook webhook, AdmissionRequest request, String version) {
        String reviewVersion = webhook.reviewVersion();
        if (reviewVersion.isEmpty()) {
            throw new CallFailure("could not create admission objects: webhook does not accept known AdmissionReview"
                    + " versions (v1, v1beta1)");
        }
        String uid = UUID.randomUUID().toString();
        Map<String, Object> asked = request.tree(uid, version);
        asked.put("object", request.in(version, request.object()));
        asked.put("oldObject", request.in(version, request.oldObject()));
        String apiVersion = "admission.k8s.io/" + reviewVersion;
        Map<String, Object> review = Tree.of("kind", "AdmissionReview", "apiVersion", apiVersion, "request", asked);
        Map<String, Object> answer = send(webhook, Json.print(review));
        return verified(webhook, apiVersion, uid, answer);
    }

    private Map<String, Object> send(Webhook webhook, String review) {
        URI uri = uri(webhook);
        String shown = "Post \"" + shown(webhook, uri) + "\": ";
        HttpRequest post = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, */*")
                .timeout(webhook.timeout())
                .POST(HttpRequest.BodyPublishers.ofString(review))
                .build();
        HttpResponse<byte[]> response;
        try {
            response = client(webhook).send(post, HttpResponse.BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            throw new CallFailure("failed to call webhook: " + shown + "context deadline exceeded");
        } catch (ConnectException e) {
            throw new CallFailure("failed to call webhook: " + shown + "dial tcp " + uri.getHost() + ":" + port(uri)
                    + ": connect: connection refused");
        } catch (SSLException e) {
            throw new CallFailure("failed to call webhook: " + shown + "tls: failed to verify certificate: x509:"
                    + " certificate signed by unknown authority");
        } catch (IOException e) {
            throw new CallFailure("failed to call webhook: " + shown + "EOF");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailure("failed to call webhook: " + shown + "context canceled");
        }
        return parsed(response);
    }

    private static Map<String, Object> parsed(HttpResponse<byte[]> response) {
        String body = new String(
                response.body(), 0, Math.min(response.body().length, LONGEST_ANSWER), StandardCharsets.UTF_8);
        if (response.statusCode() / 100 != 2) {
            boolean isText =
                    response.headers().firstValue("content-type").orElse("").startsWith("text/");
            throw new CallFailure(
                    "failed to call webhook: " + refusal(response.statusCode(), isText ? body : "unknown"));
        }
        try {
            Map<String, Object> answer = Tree.map(Json.parse(body));
            if (answer != null) {
                return answer;
            }
        } catch (JsonException e) {
            throw new CallFailure(
                    "failed to call webhook: couldn't get version/kind; json parse error: " + e.getMessage());
        }
        throw new CallFailure("failed to call webhook: couldn't get version/kind; json parse error");
    }

    private static String refusal(int code, String body) {
        return switch (code) {
            case 404 -> "the server could not find the requested resource";
            case 400 -> "the server rejected our request for an unknown reason";
            case 401 -> "the server has asked for the client to provide credentials";
            case 403 -> body.strip();
            case 500, 502, 503 ->
                "an error on the server (" + Json.print(body.strip()) + ") has prevented the request from succeeding";
            default -> "the server responded with the status code " + code + " but did not return more information";
        };
    }

    private static Map<String, Object> verified(
            Webhook webhook, String apiVersion, String uid, Map<String, Object> answer) {
        Map<String, Object> response = Tree.map(answer.get("response"));
        if (response == null) {
            throw invalid("webhook response was absent");
        }
        if (apiVersion.endsWith("/v1")) {
            String given = Tree.text(response, "uid");
            if (!given.equals(uid)) {
                throw invalid("expected response.uid=" + Json.print(uid) + ", got " + Json.print(given));
            }
            String version = Tree.text(answer, "apiVersion");
            String kind = Tree.text(answer, "kind");
            if (!version.equals(apiVersion) || !kind.equals("AdmissionReview")) {
                throw invalid("expected webhook response of " + apiVersion + ", Kind=AdmissionReview, got " + version
                        + ", Kind=" + kind);
            }
            checkPatch(webhook, response);
        }
        return response;
    }

    private static void checkPatch(Webhook webhook, Map<String, Object> response) {
        boolean hasPatch = !Tree.text(response, "patch").isEmpty();
        boolean hasType = response.get("patchType") != null;
        if (!webhook.isMutating() && hasPatch) {
            throw invalid("validating webhook may not return response.patch");
        }
        if (!webhook.isMutating() && hasType) {
            throw invalid("validating webhook may not return response.patchType");
        }
        if (hasPatch && !hasType) {
            throw invalid("webhook returned response.patch but not response.patchType");
        }
        if (!hasPatch && hasType) {
            throw invalid("webhook returned response.patchType but not response.patch");
        }
    }

    private static CallFailure invalid(String message) {
        return new CallFailure("received invalid webhook response: " + message);
    }

    private URI uri(Webhook webhook) {
        String url = Tree.text(webhook.definition(), "clientConfig", "url");
        String timeout = "timeout=" + webhook.timeout().toSeconds() + "s";
        if (!url.isEmpty()) {
            return URI.create(url + (url.indexOf('?') < 0 ? "?" : "&") + timeout);
        }
        Map<String, Object> service = Tree.mapAt(webhook.definition(), "clientConfig", "service");
        String namespace = Tree.text(service, "namespace");
        String name = Tree.text(service, "name");
        long port = Tree.number(service, 443, "port");
        URI address = services.find(namespace, name, port);
        if (address == null) {
            String why = services.exists(namespace, name)
                    ? "no endpoints available for service \"" + name + "\""
                    : "service \"" + name + "\" not found";
            throw new CallFailure("failed to call webhook: Post \"https://" + name + "." + namespace + ".svc:" + port
                    + path(service) + "?" + timeout + "\": " + why);
        }
        return URI.create(address + path(service) + "?" + timeout);
    }

    private static String path(Map<String, Object> service) {
        String path = Tree.text(service, "path");
        return path.isEmpty() ? "/" : path;
    }

    private static String shown(Webhook webhook, URI uri) {
        Map<String, Object> service = Tree.map(Tree.at(webhook.definition(), "clientConfig", "service"));
        return service == null
                ? uri.toString()
                : "https://" + Tree.text(service, "name") + "." + Tree.text(service, "namespace") + ".svc:"
                        + Tree.number(service, 443, "port") + path(service) + "?" + uri.getRawQuery();
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? 443 : uri.getPort();
    }

    private HttpClient client(Webhook webhook) {
        String bundle = Tree.text(webhook.definition(), "clientConfig", "caBundle");
        boolean isService = Tree.at(webhook.definition(), "clientConfig", "service") != null;
        return clients.computeIfAbsent(isService + " " + bundle, key -> newClient(bundle, isService));
    }

    /** The certificate of a service is for its name in the cluster, which is not the one that it has here. */
    private static TrustManager[] withoutNames(TrustManager[] managers) {
        TrustManager[] lenient = managers.clone();
        for (int i = 0; i < lenient.length; i++) {
            if (lenient[i] instanceof X509TrustManager manager) {
                lenient[i] = new NamelessTrust(manager);
            }
        }
        return lenient;
    }

    private static HttpClient newClient(String bundle, boolean anyName) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
        return bundle.isEmpty()
                ? builder.build()
                : builder.sslContext(trusting(bundle, anyName)).build();
    }

    private static SSLContext trusting(String bundle, boolean anyName) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            var pem = new ByteArrayInputStream(Base64.getMimeDecoder().decode(bundle));
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + count++, one);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] managers = factory.getTrustManagers();
            context.init(null, anyName ? withoutNames(managers) : managers, null);
            return context;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new CallFailure("could not get REST client: unable to load root certificates: " + e.getMessage());
        }
    }
}
