package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectRefTest {
    @Test
    void printsAsFluxDoes() {
        assertThat(new ObjectRef("apps", "Deployment", "shop", "web")).hasToString("Deployment/shop/web");
        assertThat(new ObjectRef("", "Namespace", "", "shop")).hasToString("Namespace/shop");
    }

    @Test
    void knowsItsScope() {
        assertThat(new ObjectRef("", "Pod", "shop", "a").isNamespaced()).isTrue();
        assertThat(new ObjectRef("", "Node", "", "a").isNamespaced()).isFalse();
    }

    @Test
    void readsTheGroupOfAnApiVersion() {
        assertThat(ObjectRef.groupOf("v1")).isEmpty();
        assertThat(ObjectRef.groupOf("apps/v1")).isEqualTo("apps");
        assertThat(ObjectRef.groupOf("rbac.authorization.k8s.io/v1")).isEqualTo("rbac.authorization.k8s.io");
    }

    @Test
    void ordersByGroupKindNamespaceAndName() {
        List<ObjectRef> expected = List.of(
                new ObjectRef("", "A", "", "b"),
                new ObjectRef("", "A", "a", "a"),
                new ObjectRef("", "A", "a", "b"),
                new ObjectRef("", "A", "b", "a"),
                new ObjectRef("", "B", "", "a"),
                new ObjectRef("a", "A", "", "a"));
        var mixed = new ArrayList<>(expected);
        Collections.shuffle(mixed, new Random(3));
        Collections.sort(mixed);
        assertThat(mixed).isEqualTo(expected);
    }

    @Test
    void needsKindAndName() {
        assertThatThrownBy(() -> new ObjectRef("", "", "a", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ObjectRef("", "Pod", "a", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an object needs a name: Pod");
    }
}
