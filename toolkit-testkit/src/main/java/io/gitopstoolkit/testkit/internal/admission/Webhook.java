package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A webhook of a configuration.
 *
 * @param isMutating whether it may change objects
 */
record Webhook(Map<String, Object> definition, boolean isMutating) {
    String name() {
        return Tree.text(definition, "name");
    }

    boolean isIgnoredOnFailure() {
        return Tree.text(definition, "failurePolicy").equals("Ignore");
    }

    boolean isInvokedAgain() {
        return Tree.text(definition, "reinvocationPolicy").equals("IfNeeded");
    }

    boolean hasSideEffects() {
        return !List.of("None", "NoneOnDryRun").contains(Tree.text(definition, "sideEffects"));
    }

    Duration timeout() {
        return Duration.ofSeconds(Tree.number(definition, 10, "timeoutSeconds"));
    }

    /** The newest version of reviews that both know; empty where there is none. */
    String reviewVersion() {
        return Tree.textsAt(definition, "admissionReviewVersions").stream()
                .filter(List.of("v1", "v1beta1")::contains)
                .findFirst()
                .orElse("");
    }
}
