package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.transform.Variable;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What a kustomization has gathered: resources, and which fields are changed in them. */
final class Accumulator {
    private final ResourceSet resources = new ResourceSet();
    private final Map<String, Variable> variables = new TreeMap<>();
    private TransformerConfig config = TransformerConfig.EMPTY;

    ResourceSet resources() {
        return resources;
    }

    TransformerConfig config() {
        return config;
    }

    void mergeConfig(TransformerConfig other) {
        config = config.merge(other);
    }

    /** The variables, by name. */
    Collection<Variable> variables() {
        return variables.values();
    }

    /** Adds a variable, which no other may have the name of. */
    void add(Variable variable) {
        if (variables.putIfAbsent(variable.name(), variable) != null) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION, "var '" + variable.name() + "' already encountered; rename one of the two");
        }
    }

    /** Ends what a component added: kustomize merges all of it into nothing then, which may drop fields. */
    void settleConfig() {
        config = TransformerConfig.EMPTY.merge(config);
    }

    /** Takes in what the kustomization of a base gathered. */
    void merge(Accumulator base) {
        resources.addAll(base.resources);
        mergeConfig(base.config);
        base.variables().forEach(this::add);
    }
}
