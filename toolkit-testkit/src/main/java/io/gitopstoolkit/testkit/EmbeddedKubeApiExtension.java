package io.gitopstoolkit.testkit;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the API of {@link EmbeddedKubeApi} in the store of the class or the test, which closes it. */
final class EmbeddedKubeApiExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(EmbeddedKubeApiExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KubernetesClient.class || type == EmbeddedKubernetes.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EmbeddedKubernetes kubernetes = owner(context)
                .getStore(NAMESPACE)
                .computeIfAbsent(EmbeddedKubernetes.class, key -> EmbeddedKubernetes.start(), EmbeddedKubernetes.class);
        return parameter.getParameter().getType() == KubernetesClient.class ? kubernetes.client() : kubernetes;
    }

    /** The context whose end is the end of the API: the test's, or that of the outermost annotated class. */
    private static ExtensionContext owner(ExtensionContext context) {
        if (lifetime(context) == EmbeddedKubeApi.Lifetime.TEST) {
            return context;
        }
        ExtensionContext owner = context;
        for (Optional<ExtensionContext> up = Optional.of(context);
                up.isPresent();
                up = up.get().getParent()) {
            if (up.get().getTestMethod().isEmpty() && annotation(up.get()).isPresent()) {
                owner = up.get();
            }
        }
        return owner;
    }

    private static EmbeddedKubeApi.Lifetime lifetime(ExtensionContext context) {
        return annotation(context).map(EmbeddedKubeApi::value).orElse(EmbeddedKubeApi.Lifetime.TEST);
    }

    private static Optional<EmbeddedKubeApi> annotation(ExtensionContext context) {
        return context.getTestClass()
                .flatMap(type -> AnnotationSupport.findAnnotation(
                        type, EmbeddedKubeApi.class, context.getEnclosingTestClasses()));
    }
}
