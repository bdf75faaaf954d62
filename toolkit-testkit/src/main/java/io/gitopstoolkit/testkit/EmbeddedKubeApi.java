package io.gitopstoolkit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class an {@link EmbeddedKubernetes}: as a parameter of that type, or as a parameter of type
 * {@code KubernetesClient}, in constructors, test and lifecycle methods. It starts with the first parameter and closes by
 * itself; nested classes share it.
 *
 * <pre>{@code
 * @EmbeddedKubeApi
 * class DeliveryTest {
 *     @Test
 *     void createsTheNamespace(KubernetesClient client) { ... }
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(EmbeddedKubeApiExtension.class)
public @interface EmbeddedKubeApi {
    /** How long one instance serves. By default one for each test, so that no test sees another's objects. */
    Lifetime value() default Lifetime.TEST;

    /** How long one instance serves. */
    enum Lifetime {
        /** A new one for each test method; it starts in a few milliseconds. */
        TEST,
        /** One for all tests of the class. */
        CLASS
    }
}
