package io.gitopstoolkit.testkit.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** Something to be said. */
@Group("example.org")
@Version("v1")
@SuppressWarnings("serial") // never sent about as a Java object
public class Greeting extends CustomResource<Greeting.Spec, Greeting.Status> implements Namespaced {
    /** What to say. */
    public static class Spec {
        private @Nullable String text;

        public @Nullable String getText() {
            return text;
        }

        public void setText(@Nullable String text) {
            this.text = text;
        }
    }

    /** What was said. */
    public static class Status {
        private @Nullable String said;

        public @Nullable String getSaid() {
            return said;
        }

        public void setSaid(@Nullable String said) {
            this.said = said;
        }
    }
}
