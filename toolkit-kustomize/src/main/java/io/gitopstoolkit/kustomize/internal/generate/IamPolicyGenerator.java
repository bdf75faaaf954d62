package io.gitopstoolkit.kustomize.internal.generate;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.GENERATOR_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;

/** Makes a service account of Kubernetes that stands for one of Google Cloud. */
public final class IamPolicyGenerator {
    private final Args args;

    /** Makes a service account of these. */
    public IamPolicyGenerator(Args args) {
        this.args = args;
    }

    /**
     * What to make.
     *
     * @param cloud {@code gke}
     * @param name the name in Kubernetes
     * @param namespace the namespace, or nothing
     * @param account the name in the cloud
     * @param project the cloud's project
     */
    public record Args(String cloud, String name, String namespace, String account, String project) {}

    /**
     * The service account as YAML, into which kustomize writes the names as they are.
     *
     * @throws KustomizeException if the cloud is another
     */
    public String text() {
        if (!args.cloud.equals("gke")) {
            throw new KustomizeException(
                    GENERATOR_FAILED, "cloud provider " + args.cloud + " not supported yet; it can be gke");
        }
        String namespace = args.namespace.isEmpty() ? "" : "\n  namespace: " + args.namespace;
        return "\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n    iam.gke.io/gcp-service-account: "
                + args.account + '@' + args.project + ".iam.gserviceaccount.com\n  name: " + args.name + '\n'
                + namespace;
    }
}
