package io.gitopstoolkit.apply;

import io.gitopstoolkit.apply.internal.JsonPointer;
import io.gitopstoolkit.apply.internal.Tree;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in manifests though it is for others to write. */
final class Foreign {
    private static final String RBAC = "rbac.authorization.k8s.io/";
    private static final String EXTENSIONS = "apiextensions.k8s.io/";
    private static final JsonPointer CA_BUNDLE = JsonPointer.parse("/spec/conversion/webhook/clientConfig/caBundle");

    private Foreign() {}

    /**
     * Takes out the rules of a cluster role that is put together from others, which a controller writes; and of a definition
     * the certificates of its webhook where they are none, a placeholder as a rule, for a controller fills them in and the
     * API server has refused them since 1.31.
     */
    static void remove(Map<String, @Nullable Object> content) {
        String apiVersion = Tree.text(content, "", "apiVersion");
        String kind = Tree.text(content, "", "kind");
        if (kind.equals("ClusterRole")
                && apiVersion.startsWith(RBAC)
                && !Tree.map(content, "aggregationRule").isEmpty()) {
            content.remove("rules");
        }
        if (kind.equals("CustomResourceDefinition")
                && apiVersion.startsWith(EXTENSIONS)
                && CA_BUNDLE
                        .in(content)
                        .filter(bundle -> !isCertificates(bundle))
                        .isPresent()) {
            content.putAll(CA_BUNDLE.put(content, null));
        }
    }

    private static boolean isCertificates(Object bundle) {
        if (!(bundle instanceof String text)) {
            return true; // the API server says what is wrong with it
        }
        try {
            byte[] pem = Base64.getDecoder().decode(text);
            return pem.length == 0
                    || !CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))
                            .isEmpty();
        } catch (IllegalArgumentException | CertificateException e) {
            return false;
        }
    }
}
