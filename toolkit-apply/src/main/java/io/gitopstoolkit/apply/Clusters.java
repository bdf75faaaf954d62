package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.Api;
import io.gitopstoolkit.apply.internal.Api.Request;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways from one cluster to where a delivery goes: another user of the same cluster, or another cluster, as the fields
 * {@code serviceAccountName} and {@code kubeConfig} of Flux's Kustomizations say. Each method opens a client, which its caller
 * closes; the client that was given stays open. Safe between threads.
 *
 * <p>Both at once, a service account of another cluster, is {@code Clusters.of(other, namespace).asServiceAccount(name)} with
 * the client of that cluster.
 *
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/#remote-clusters--cluster-api">Flux: remote
 *     clusters</a>
 */
public final class Clusters {
    private static final Kind SECRET = new Kind("v1", "Secret", "secrets", true);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final String namespace;

    private Clusters(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Begins where {@code client} is.
     *
     * @param client stays open
     * @param namespace of the Secrets and service accounts that are named
     */
    public static Clusters of(KubernetesClient client, String namespace) {
        return new Clusters(requireNonNull(client, "client"), requireNonNull(namespace, "namespace"));
    }

    /**
     * The same cluster, as a service account of the namespace sees it: as the user
     * {@code system:serviceaccount:<namespace>:<name>}. The user of the given client needs the right to impersonate it.
     *
     * @return a client that the caller closes
     */
    public KubernetesClient asServiceAccount(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a service account needs a name");
        }
        return asUser("system:serviceaccount:" + namespace + ':' + name, Set.of());
    }

    /**
     * The same cluster, as another user sees it.
     *
     * @param user such as {@code deployer}
     * @param groups of that user; those of a service account the API server adds by itself
     * @return a client that the caller closes
     */
    public KubernetesClient asUser(String user, Set<String> groups) {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("a user needs a name");
        }
        return open(new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername(user)
                .withImpersonateGroups(groups.stream().sorted().toArray(String[]::new))
                .build());
    }

    /**
     * The cluster of a kubeconfig in a Secret of the namespace, under the key {@code value}, or where there is none,
     * {@code value.yaml}.
     *
     * @see #fromSecret(String, String, Deadline)
     */
    public KubernetesClient fromSecret(String name, Deadline deadline) {
        return fromSecretKey(name, null, deadline);
    }

    /**
     * The cluster of a kubeconfig in a Secret of the namespace: that of its current context.
     *
     * <p>A kubeconfig is input of others. What would make this program run a command, read a file of this machine, or trust
     * whoever answers is refused: {@code exec}, {@code auth-provider}, {@code tokenFile}, {@code client-certificate},
     * {@code client-key} and {@code certificate-authority} that are paths, {@code insecure-skip-tls-verify}. Nothing of the
     * environment or of this machine's own kubeconfig is added. No message holds a value of the Secret.
     *
     * @param key of the Secret's data
     * @return a client that the caller closes; no request is sent to that cluster before it is used
     * @throws ApplyException {@code KUBECONFIG_REFUSED} if the Secret is not there, or holds no kubeconfig that may be used;
     *     other reasons if the API server cannot be asked, does not allow it, or the time is over
     */
    public KubernetesClient fromSecret(String name, String key, Deadline deadline) {
        return fromSecretKey(name, requireNonNull(key, "key"), deadline);
    }

    private KubernetesClient fromSecretKey(String name, @Nullable String key, Deadline deadline) {
        try {
            String subject = "Secret/" + namespace + '/' + name;
            Map<String, @Nullable Object> data = read(name, subject, deadline);
            String text = kubeconfig(data, key, subject);
            return open(new Kubeconfig(subject, client.getKubernetesSerialization()).config(text));
        } catch (Failure e) {
            throw e.after(nothing());
        } catch (DeadlineException e) {
            throw Failure.of(e).after(nothing());
        }
    }

    private Map<String, @Nullable Object> read(String name, String subject, Deadline deadline) {
        var ref = new ObjectRef("", "Secret", namespace, name);
        try {
            var secret = new Api(client, REQUEST_LIMIT).send(Request.get(SECRET.path(ref)), deadline);
            return Tree.map(secret.body(), "data");
        } catch (ApiException e) {
            if (e.status() == NOT_FOUND) {
                throw refused(subject + ": does not exist; create it with the kubeconfig of the cluster");
            }
            throw Failures.of(e, subject, null);
        }
    }

    private static String kubeconfig(Map<String, @Nullable Object> data, @Nullable String key, String subject) {
        String from = key != null ? key : data.containsKey("value") ? "value" : "value.yaml";
        if (!(data.get(from) instanceof String encoded)) {
            throw refused(subject + ": has no key " + (key == null ? "value or value.yaml" : "'" + key + "'")
                    + "; put the kubeconfig there");
        }
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static KubernetesClient open(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    static Failure refused(String message) {
        return new Failure(Reason.KUBECONFIG_REFUSED, message);
    }

    private static ChangeSet nothing() {
        return new ChangeSet(new Revision("none", null), java.util.List.of());
    }
}
