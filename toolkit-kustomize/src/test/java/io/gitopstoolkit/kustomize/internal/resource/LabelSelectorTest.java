package io.gitopstoolkit.kustomize.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
    private static final MapNode LABELS = labels();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "app=web",
                "app==web",
                " app = web ",
                "app!=api",
                "missing!=api",
                "!missing",
                "app in (web, api)",
                "app in (web)",
                "app notin (api,other)",
                "missing notin (a)",
                "example.org/tier=back",
                "count>1",
                "count<20",
                "app=web,count>1,!missing",
                "empty=",
                "empty in (,x)"
            })
    void matches(String selector) {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing",
                "app=api",
                "app=",
                "app!=web",
                "!app",
                "app in (api)",
                "missing in (web)",
                "app notin (web)",
                "count>10",
                "app>1",
                "app=web,missing"
            })
    void doesNotMatch(String selector) {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=web",
                "app in web",
                "app in (web",
                "app=web,",
                "app,,count",
                "app web",
                "app=a b",
                "app=!",
                "-app=web",
                "a/b/c=web",
                "UPPER.example/app=web",
                "app=-web",
                "count>many",
                "!",
                "app=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refuses(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOf(KustomizeException.class)
                .hasMessageStartingWith("the selector '" + selector + "' is invalid");
    }

    @Test
    void withoutLabelsOnlyAbsenceMatches() {
        assertThat(LabelSelector.parse("!app").matches(null)).isTrue();
        assertThat(LabelSelector.parse("app").matches(null)).isFalse();
    }

    private static MapNode labels() {
        var labels = new MapNode();
        labels.put("app", "web");
        labels.put("count", "10");
        labels.put("empty", "");
        labels.put("example.org/tier", "back");
        return labels;
    }
}
