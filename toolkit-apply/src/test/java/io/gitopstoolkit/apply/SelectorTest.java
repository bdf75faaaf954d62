package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gitopstoolkit.api.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    private static final Manifest WEB = manifest("""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web-1
              namespace: shop
              labels: {app: web, tier: front}
              annotations: {note: a}
            """);

    private static boolean matches(Selector selector) {
        return selector.matcher().matches(WEB);
    }

    @Test
    void matchesExpressionsAsAWhole() {
        assertThat(matches(Selector.all())).isTrue();
        assertThat(matches(Selector.kind("Deployment|StatefulSet"))).isTrue();
        assertThat(matches(Selector.kind("Deploy"))).isFalse();
        assertThat(matches(Selector.all().withName("web-.*").withNamespace("sh.p")))
                .isTrue();
        assertThat(matches(Selector.all().withName("web"))).isFalse();
        assertThat(matches(Selector.all().withGroup("apps"))).isTrue();
        assertThat(matches(Selector.all().withGroup("batch"))).isFalse();
        assertThat(matches(new Selector("apps", "v1", "", "", "", "", ""))).isTrue();
        assertThat(matches(new Selector("apps", "v1beta1", "", "", "", "", ""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app=web",
                "app==web , tier != back",
                "tier in (back, front)",
                "tier notin (back),app",
                "!canary,app in (web)",
                "missing notin (a)",
                "missing!=a"
            })
    void matchesLabels(String selector) {
        assertThat(matches(Selector.all().withLabels(selector))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app=shop", "!app", "canary", "tier in (back)", "app notin (web)", "app=web,tier=back"})
    void refusesOtherLabels(String selector) {
        assertThat(matches(Selector.all().withLabels(selector))).isFalse();
    }

    @Test
    void matchesAnnotations() {
        assertThat(matches(Selector.all().withAnnotations("note=a"))).isTrue();
        assertThat(matches(Selector.all().withAnnotations("note=b"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=a", "a in b", "a in (b", "a=b,", "a b", "a=b c=d"})
    void refusesWhatIsNoSelector(String selector) {
        assertThatIllegalArgumentException().isThrownBy(() -> Selector.all().withLabels(selector));
    }

    @Test
    void refusesWhatIsNoExpression() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selector.kind("("))
                .withMessage("the kind of a selector is no regular expression: '('");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "spec/replicas", "/a~2b", "/kind", "/metadata/name"})
    void refusesARuleThatPointsNowhereOrAtTheNameOfTheObject(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> IgnoreRule.of(Selector.all(), path));
    }

    @Test
    void refusesARuleWithoutPaths() {
        assertThatIllegalArgumentException().isThrownBy(() -> new IgnoreRule(List.of(), Selector.all()));
    }
}
