package io.gitopstoolkit.testkit.differential;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server has answered so far, for requests that refer to it: {@code {rv Kind/name}} and {@code {uid Kind/name}} of
 * an object, {@code {first-rv Kind/name}} for its first version, {@code {continue}} of the last list, {@code {mark}} for
 * the version of the last list.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(rv|first-rv|uid|continue|mark)( [^{}\"]+)?}");

    private final Map<String, String> known = new HashMap<>();

    String fill(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> known.getOrDefault(match.group(), otherwise(match.group(1))));
    }

    private static String otherwise(String what) {
        return what.equals("uid") ? "00000000-0000-0000-0000-000000000000" : what.equals("continue") ? "" : "1";
    }

    void remember(@Nullable Object body) {
        String kind = Tree.text(body, "kind");
        String version = Tree.text(body, "metadata", "resourceVersion");
        if (kind.endsWith("List") && !version.isEmpty()) {
            known.put("{mark}", version);
            known.put("{continue}", Tree.text(body, "metadata", "continue"));
        } else if (!kind.equals("Status") && !version.isEmpty()) {
            String object = " " + kind + "/" + Tree.text(body, "metadata", "name") + "}";
            known.put("{rv" + object, version);
            known.putIfAbsent("{first-rv" + object, version);
            known.put("{uid" + object, Tree.text(body, "metadata", "uid"));
        }
    }
}
