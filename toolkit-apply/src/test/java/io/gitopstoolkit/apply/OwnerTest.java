package io.gitopstoolkit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gitopstoolkit.api.ObjectRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerTest {
    private static final Owner OWNER = new Owner("deliverer", "delivery.example.org", "podinfo", "apps");

    @Test
    void labelsItsObjects() {
        assertThat(OWNER.labels())
                .containsEntry("delivery.example.org/name", "podinfo")
                .containsEntry("delivery.example.org/namespace", "apps")
                .hasSize(2);
    }

    @Test
    void isAnObjectThatEventsCanBeAbout() {
        assertThat(OWNER.ref()).isEqualTo(new ObjectRef("delivery.example.org", "Delivery", "apps", "podinfo"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', example.org, a, b",
        "two words, example.org, a, b",
        "m, '', a, b",
        "m, Example.org, a, b",
        "m, example..org, a, b",
        "m, example.org, '', b",
        "m, example.org, UPPER, b",
        "m, example.org, a/b, b",
        "m, example.org, a, ''",
        "m, example.org, a, -b",
        "m, example.org, abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl, b",
    })
    void refusesWhatKubernetesWouldRefuse(String manager, String group, String name, String namespace) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Owner(manager, group, name, namespace))
                .withMessageContaining("owner");
    }
}
