package io.gitopstoolkit.apply.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.apply.internal.FieldChanges.FieldChange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldChangesTest {
    private static Map<String, @Nullable Object> json(String text) {
        return Json.read(text.replace('\'', '"'), 10_000) instanceof Map<?, ?> map ? Tree.cast(map) : Map.of();
    }

    private static List<String> changes(String before, String after) {
        return FieldChanges.of(json(before), json(after)).stream()
                .map(change -> change.path() + " " + change.pointer() + " " + Json.compact(change.before()) + " "
                        + Json.compact(change.after()))
                .map(text -> text.replace('"', '\''))
                .toList();
    }

    private static String managed(String fields) {
        return "'metadata':{'managedFields':[{'manager':'m','operation':'Apply','fieldsV1':{'f:spec':" + fields
                + "}}]}";
    }

    @Test
    void namesFieldsByPathAndPointer() {
        assertThat(
                        changes(
                                "{'metadata':{'labels':{'a/b':'1','~':'x'}},'spec':{'n':1,'gone':{'x':1}},'status':{'s':1}}",
                                "{'metadata':{'labels':{'a/b':'2','~':'y'},'uid':'7'},'spec':{'n':2,'new':[]},'status':{'s':2}}"))
                .containsExactly(
                        "metadata.labels[a/b] /metadata/labels/a~1b '1' '2'",
                        "metadata.labels[~] /metadata/labels/~0 'x' 'y'",
                        "spec.gone /spec/gone {'x':1} null",
                        "spec.n /spec/n 1 2",
                        "spec.new /spec/new null []");
    }

    @Test
    void namesItemsByTheKeysThatTheServerMergesThemBy() {
        String fields = "{'f:ports':{'k:{\\'port\\':80,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:port':{}}}}";
        assertThat(changes(
                        "{" + managed(fields) + ",'spec':{'ports':[{'port':80,'protocol':'TCP','name':'a'}]}}",
                        "{'spec':{'ports':[{'port':80,'protocol':'UDP'},{'port':80,'protocol':'TCP','name':'b'}]}}"))
                .containsExactly(
                        "spec.ports[port=80,protocol=TCP].name /spec/ports/1/name 'a' 'b'",
                        "spec.ports[port=80,protocol=UDP] /spec/ports/0 null {'port':80,'protocol':'UDP'}");
    }

    @Test
    void namesItemsOfASetByTheirValue() {
        assertThat(changes(
                        "{" + managed("{'f:set':{'v:\\'a\\'':{},'v:\\'b\\'':{}}}") + ",'spec':{'set':['a','b']}}",
                        "{'spec':{'set':['b','c']}}"))
                .containsExactly("spec.set[=a] /spec/set/0 'a' null", "spec.set[=c] /spec/set/1 null 'c'");
    }

    @Test
    void namesOtherItemsByNameOrPlace() {
        assertThat(changes("{'l':[{'name':'x','v':1}],'p':[1,2]}", "{'l':[{'name':'x','v':2}],'p':[1,3,4]}"))
                .containsExactly("l[name=x].v /l/0/v 1 2", "p[1] /p/1 2 3", "p[2] /p/2 null 4");
        assertThat(changes("{'l':[{'name':'x'},{'name':'y'}]}", "{'l':[{'name':'y'},{'name':'x'}]}"))
                .as("another order")
                .hasSize(1);
    }

    @Test
    void tellsWhoHoldsAFieldBeforeAndAfter() {
        String other = "{'manager':'other','operation':'Update','fieldsV1':{'f:spec':{'f:n':{},'f:map':{}}}}";
        String ours = "{'manager':'us','operation':'Apply','fieldsV1':{'f:spec':{'f:n':{},'f:map':{'f:a':{}}}}}";
        List<FieldChange> found = FieldChanges.of(
                json("{'metadata':{'managedFields':[" + other + "]},'spec':{'n':1,'map':{'a':1}}}"),
                json("{'metadata':{'managedFields':[" + ours + "]},'spec':{'n':2,'map':{'a':2}}}"));
        assertThat(found).allSatisfy(change -> {
            assertThat(change.heldBefore()).containsExactly(new FieldHolder("other", "Update", ""));
            assertThat(change.heldAfter()).containsExactly(new FieldHolder("us", "Apply", ""));
        });
        assertThat(found).extracting(FieldChange::path).containsExactly("spec.map.a", "spec.n");
    }
}
