package io.gitopstoolkit.testkit.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** The ConfigMap of a greeting; of this kind, server-side apply has to be asked for. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public class GreetingMap extends CRUDKubernetesDependentResource<ConfigMap, Greeting> {
    public GreetingMap() {
        super(ConfigMap.class);
    }

    @Override
    protected ConfigMap desired(Greeting greeting, Context<Greeting> context) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(greeting.getMetadata().getName())
                .withNamespace(greeting.getMetadata().getNamespace())
                .endMetadata()
                .withData(Map.of("text", String.valueOf(greeting.getSpec().getText())))
                .build();
    }
}
