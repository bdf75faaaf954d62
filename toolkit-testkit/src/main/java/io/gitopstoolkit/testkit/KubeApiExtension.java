package io.gitopstoolkit.testkit;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.RealKubernetes.Program;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Hands the shared server, and a client in the class's own namespace, to the tests of {@link KubeApi}. */
final class KubeApiExtension implements ParameterResolver {
    private static final Namespace STORE = Namespace.create(KubeApiExtension.class);
    private static final int LONGEST_LABEL = 63;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KubernetesClient.class || type == RealKubernetes.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext topLevel = topLevel(context);
        Set<Program> also = also(topLevel.getRequiredTestClass());
        Shared shared = context.getRoot().getStore(STORE).computeIfAbsent(also, key -> new Shared(key), Shared.class);
        if (parameter.getParameter().getType() == RealKubernetes.class) {
            return shared.server;
        }
        return topLevel.getStore(STORE)
                .computeIfAbsent(
                        KubernetesClient.class,
                        key -> shared.clientFor(topLevel.getRequiredTestClass()),
                        KubernetesClient.class);
    }

    private static Set<Program> also(Class<?> test) {
        var also = EnumSet.noneOf(Program.class);
        AnnotationSupport.findAnnotation(test, KubeApi.class)
                .ifPresent(asked -> also.addAll(Arrays.asList(asked.also())));
        return also;
    }

    /** The context of the outermost test class: nested classes share its namespace. */
    private static ExtensionContext topLevel(ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .isPresent()) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }

    /** One for each run and choice of programs; JUnit closes it at the end. */
    private static final class Shared implements AutoCloseable {
        private final RealKubernetes server;
        private final AtomicInteger namespaces = new AtomicInteger();

        Shared(Set<Program> also) {
            this.server = RealKubernetes.start(also.toArray(Program[]::new));
        }

        KubernetesClient clientFor(Class<?> test) {
            String prefix = "test-" + namespaces.incrementAndGet() + '-';
            String name = prefix + test.getSimpleName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
            String namespace = name.substring(0, Math.min(name.length(), LONGEST_LABEL));
            server.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
            return server.newClient(namespace);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
