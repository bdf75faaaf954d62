package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gitopstoolkit.apply.internal.Tree;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a kubeconfig of somebody else, and refuses what would reach beyond it. */
final class Kubeconfig {
    private static final List<String> COMMANDS = List.of("exec", "auth-provider");
    private static final List<String> USER_FILES = List.of("tokenFile", "client-certificate", "client-key");
    private static final List<String> NOT_KNOWN = List.of("tls-server-name", "proxy-url");

    private final String subject;
    private final KubernetesSerialization yaml;

    /**
     * For messages.
     *
     * @param subject where the kubeconfig comes from
     */
    Kubeconfig(String subject, KubernetesSerialization yaml) {
        this.subject = subject;
        this.yaml = yaml;
    }

    /** What the current context says, and nothing else. */
    Config config(String text) {
        Map<String, @Nullable Object> kubeconfig = parse(text);
        String current = Tree.text(kubeconfig, "", "current-context");
        if (current.isEmpty()) {
            throw refused("has no current-context; name the context to be used");
        }
        var context = named(kubeconfig, "contexts", "context", current);
        var cluster = named(kubeconfig, "clusters", "cluster", Tree.text(context, "", "cluster"));
        var user = named(kubeconfig, "users", "user", Tree.text(context, "", "user"));
        requireHarmless(cluster, user);
        var builder = new ConfigBuilder(Config.empty())
                .withMasterUrl(text(cluster, "server"))
                .withCaCertData(text(cluster, "certificate-authority-data"))
                .withClientCertData(text(user, "client-certificate-data"))
                .withClientKeyData(text(user, "client-key-data"))
                .withOauthToken(text(user, "token"))
                .withUsername(text(user, "username"))
                .withPassword(text(user, "password"))
                .withNamespace(text(context, "namespace"));
        String key = text(user, "client-key-data");
        if (key != null) {
            builder.withClientKeyAlgo(algorithm(key));
        }
        String as = text(user, "as");
        return (as == null ? builder : builder.withImpersonateUsername(as)).build();
    }

    private Map<String, @Nullable Object> parse(String text) {
        try {
            if (yaml.unmarshal("---\n" + text, Object.class) instanceof Map<?, ?> map) {
                return Tree.cast(map);
            }
        } catch (RuntimeException e) {
            throw refused("is no YAML"); // whose error may show a piece of it
        }
        throw refused("is no kubeconfig");
    }

    private Map<String, @Nullable Object> named(
            Map<String, @Nullable Object> kubeconfig, String list, String field, String name) {
        return Tree.maps(kubeconfig, list).stream()
                .filter(entry -> name.equals(entry.get("name")))
                .findFirst()
                .map(entry -> Tree.map(entry, field))
                .orElseThrow(() -> refused("has no entry of its current context in " + list + "; add it"));
    }

    private void requireHarmless(Map<String, @Nullable Object> cluster, Map<String, @Nullable Object> user) {
        for (String command : COMMANDS) {
            if (user.get(command) != null) {
                throw refused(
                        "would run a command (" + command + "), which is not allowed; use a token or a certificate");
            }
        }
        for (String file : USER_FILES) {
            if (user.get(file) != null) {
                throw refused("names a file (" + file + "), which is not allowed; put the content into the kubeconfig");
            }
        }
        if (cluster.get("certificate-authority") != null) {
            throw refused("names a file (certificate-authority), which is not allowed; use certificate-authority-data");
        }
        if (Boolean.TRUE.equals(cluster.get("insecure-skip-tls-verify"))) {
            throw refused("would trust any server (insecure-skip-tls-verify), which is not allowed;"
                    + " use certificate-authority-data");
        }
        for (String field : NOT_KNOWN) {
            if (cluster.get(field) != null) {
                throw refused("has the field " + field + ", which is not understood here; remove it");
            }
        }
        String server = Tree.text(cluster, "", "server");
        if (!server.startsWith("https://") && !server.startsWith("http://")) {
            throw refused("has no server with https:// before it in its cluster");
        }
    }

    /** The algorithm of a private key in PEM, which the client does not find out by itself. */
    private String algorithm(String data) {
        String pem;
        try {
            pem = new String(Base64.getMimeDecoder().decode(data), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw refused("has a client-key-data that is not Base64");
        }
        if (pem.contains("BEGIN EC PRIVATE KEY")) {
            return "EC";
        }
        if (!pem.contains("BEGIN PRIVATE KEY")) {
            return "RSA";
        }
        String body = pem.replaceAll("-----[A-Z ]+-----", "");
        return Stream.of("RSA", "EC", "EdDSA")
                .filter(algorithm -> isKeyOf(algorithm, body))
                .findFirst()
                .orElse("RSA");
    }

    private static boolean isKeyOf(String algorithm, String body) {
        try {
            var key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
            return KeyFactory.getInstance(algorithm).generatePrivate(key) != null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String text(Map<String, @Nullable Object> map, String field) {
        return map.get(field) instanceof String text && !text.isEmpty() ? text : null;
    }

    private Failure refused(String why) {
        return Clusters.refused(subject + ": the kubeconfig " + why);
    }
}
