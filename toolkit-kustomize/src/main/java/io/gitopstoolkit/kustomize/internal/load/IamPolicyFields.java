package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.internal.generate.IamPolicyGenerator.Args;
import java.util.Set;

/** Reads the configuration of an {@code IAMPolicyGenerator}. */
final class IamPolicyFields {
    private static final Set<String> KUBERNETES = Set.of("name", "namespace");
    private static final Set<String> ACCOUNT = Set.of("name", "projectId");

    private IamPolicyFields() {}

    static Args read(Fields fields) {
        return new Args(
                fields.text("cloud"),
                inner(fields, "kubernetesService", KUBERNETES, "name"),
                inner(fields, "kubernetesService", KUBERNETES, "namespace"),
                inner(fields, "serviceAccount", ACCOUNT, "name"),
                inner(fields, "serviceAccount", ACCOUNT, "projectId"));
    }

    private static String inner(Fields fields, String object, Set<String> known, String name) {
        String text = fields.object(object, known, inner -> inner.text(name));
        return text == null ? "" : text;
    }
}
