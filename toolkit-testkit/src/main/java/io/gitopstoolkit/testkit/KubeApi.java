package io.gitopstoolkit.testkit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.RealKubernetes.Program;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a JUnit test class a real Kubernetes API, and the tag {@code cluster}.
 *
 * <p>The classes of one run share one {@link RealKubernetes}, which starts when the first of them asks for it and stops
 * at the end of the run. Each top-level class has a namespace of its own, new and empty, which is the namespace of the
 * {@link KubernetesClient} that its constructors and methods take as a parameter. Objects of cluster scope outlive
 * their test: name them after the namespace. A parameter of type {@link RealKubernetes} gets the server.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ExtendWith(KubeApiExtension.class)
public @interface KubeApi {
    /**
     * The programs of the control plane that the class needs beside etcd and kube-apiserver. Default: none, so that an
     * object stays as the test left it. Classes that ask for the same ones share a server. Nested classes have what
     * their outermost class asks for.
     */
    Program[] also() default {};
}
