package io.gitopstoolkit.kustomize.internal.resource;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import org.jspecify.annotations.Nullable;

/** What kustomize makes of scalars that it reads and writes as text. */
public final class Scalars {
    private Scalars() {}

    /** The text of a scalar; nothing where there is none, or null. */
    public static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar && !scalar.isNull() ? scalar.text() : "";
    }

    /** The text of a scalar, null included; nothing where there is no scalar. */
    public static String rawText(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.text() : "";
    }

    /**
     * A text in the place of a scalar.
     *
     * @throws KustomizeException if there is something else
     */
    public static ScalarNode retypedScalar(Node old, String text) {
        if (!(old instanceof ScalarNode)) {
            throw new KustomizeException(
                    KustomizeException.Reason.TRANSFORM_FAILED,
                    "wrong node kind: expected a scalar, and there is none");
        }
        return retyped(old, text);
    }

    /**
     * A text in the place of a node. Kustomize keeps the quotes that were there and forgets the type, so that a text
     * without quotes means what it means to a reader of YAML.
     */
    public static ScalarNode retyped(@Nullable Node old, String text) {
        boolean quoted = old instanceof ScalarNode scalar && scalar.style() != ScalarStyle.PLAIN;
        return quoted ? ScalarNode.string(text) : ScalarNode.plain(text);
    }
}
