package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private static Map<String, @Nullable Object> tree(String json) {
        return Tree.cast(JSON.unmarshal(json.replace('\'', '"'), Map.class));
    }

    private static List<String> compare(String before, String after) {
        return Comparison.of(tree(before), tree(after)).stream()
                .map(found -> found.path() + " " + found.before() + " -> " + found.after())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'spec':{'replicas':1}} | {'spec':{'replicas':3}} | spec.replicas 1 -> 3",
                "{'spec':{}} | {'spec':{'replicas':3}} | spec.replicas null -> 3",
                "{'spec':{'a':1}} | {} | spec {a=1} -> null",
                "{'data':{'a.b':'x'}} | {'data':{'a.b':'y'}} | data[a.b] x -> y",
                "{'l':[1,2]} | {'l':[1,3,4]} | l[1] 2 -> 3; l[2] null -> 4",
                "{'l':[{'name':'a','v':1},{'name':'b'}]} | {'l':[{'name':'b'},{'name':'a','v':2}]} | l[name=a].v 1 -> 2",
                "{'l':[{'name':'a'},{'name':'a','v':1}]} | {'l':[{'name':'a'},{'name':'a','v':2}]} | l[1].v 1 -> 2",
                "{'v':{}} | {} | v {} -> null",
                "{'metadata':{'labels':{'a':'b'}}} | {'metadata':{'labels':{'a':'c'}}} | metadata.labels.a b -> c",
            })
    void namesWhatDiffers(String before, String after, String expected) {
        assertThat(String.join("; ", compare(before, after))).isEqualTo(expected);
    }

    @Test
    void seesANewOrderOfNamedItems() {
        assertThat(compare("{'l':[{'name':'a'},{'name':'b'}]}", "{'l':[{'name':'b'},{'name':'a'}]}"))
                .containsExactly("l [{name=a}, {name=b}] -> [{name=b}, {name=a}]");
    }

    @Test
    void leavesOutTheStatusAndWhatTheServerKeeps() {
        assertThat(compare(
                        "{'apiVersion':'v1','metadata':{'resourceVersion':'1','managedFields':[]},'status':{'a':1}}",
                        "{'apiVersion':'v2','metadata':{'resourceVersion':'2','generation':2},'status':{'a':2}}"))
                .isEmpty();
    }
}
