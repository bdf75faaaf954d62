package io.gitopstoolkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.apply.internal.Json;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static Map<String, @Nullable Object> json(String text) {
        return Json.read(text.replace('\'', '"'), 10_000) instanceof Map<?, ?> map ? Tree.cast(map) : Map.of();
    }

    private static String masked(String before, String after) {
        Mask.Pair pair = Mask.of(json(before), json(after));
        return (Json.compact(pair.before()) + " " + Json.compact(pair.after())).replace('"', '\'');
    }

    private static String secret(String rest) {
        return "{'apiVersion':'v1','kind':'Secret'," + rest + "}";
    }

    @Test
    void tellsWhatStaysFromWhatDiffersAndNothingElse() {
        assertThat(masked(
                        secret("'data':{'same':'QQ==','other':'QQ==','gone':'QUFBQQ=='},'type':'Opaque'"),
                        secret("'data':{'same':'QQ==','other':'QUFBQUFB','new':''},'type':'Other'")))
                .isEqualTo(secret("'data':{'same':'***','other':'*** (before)','gone':'*** (before)'},'type':'Opaque'")
                        + " "
                        + secret("'data':{'same':'***','other':'*** (after)','new':'*** (after)'},'type':'Other'"));
    }

    @Test
    void masksStringDataAndWhatIsNoMap() {
        assertThat(masked(secret("'stringData':{'a':'hunter2'},'data':'hunter2'"), secret("'data':['hunter2']")))
                .doesNotContain("hunter2");
    }

    @Test
    void masksAnnotationsThatRepeatValues() {
        String metadata = "'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'x',"
                + "'example.org/copy':'it is hunter2','example.org/base64':'aHVudGVyMg==','example.org/plain':'fine'}}";
        assertThat(masked(secret("'data':{'a':'aHVudGVyMg=='}," + metadata), secret("'data':{}")))
                .contains("'kubectl.kubernetes.io/last-applied-configuration':'*** (before)'")
                .contains("'example.org/copy':'*** (before)'", "'example.org/base64':'*** (before)'")
                .contains("'example.org/plain':'fine'");
    }

    @Test
    void masksSecretsInListsAndInOtherObjects() {
        assertThat(masked(
                        "{'kind':'List','items':[" + secret("'data':{'a':'hunter2'}") + "]}",
                        "{'kind':'SecretList','items':[{'data':{'a':'swordfish'}}]}"))
                .doesNotContain("hunter2", "swordfish");
        assertThat(masked(
                        "{'kind':'Template','spec':{'of':" + secret("'stringData':{'a':'hunter2'}") + "}}",
                        "{'kind':'Template','spec':{'of':" + secret("'stringData':{'a':'swordfish'}") + "}}"))
                .contains("*** (before)", "*** (after)")
                .doesNotContain("hunter2", "swordfish");
        assertThat(masked("{'kind':'A','text':'{\\'kind\\':\\'Secret\\',\\'data\\':\\'hunter2\\'}'}", "{'kind':'A'}"))
                .doesNotContain("hunter2");
    }

    @Test
    void leavesAloneWhatIsNoSecret() {
        String map = "{'apiVersion':'v1','kind':'ConfigMap','data':{'a':'b'}}";
        String reference = "{'kind':'Pod','ref':{'kind':'Secret','name':'s'}}";
        assertThat(masked(map, reference)).isEqualTo(map + " " + reference);
    }
}
