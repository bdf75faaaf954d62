package io.gitopstoolkit.kustomize.internal.substitute;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.GoNumbers;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import io.gitopstoolkit.kustomize.internal.yaml.YamlLimits;
import io.gitopstoolkit.kustomize.internal.yaml.YamlReader;
import io.gitopstoolkit.kustomize.internal.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A manifest whose text has variables in it. */
public final class ManifestTemplate {
    private static final YamlReader READER = new YamlReader(YamlLimits.DEFAULT);
    private static final Pattern LINE = Pattern.compile(":(\\d+):\\d+: ");

    private ManifestTemplate() {}

    /**
     * The manifest with values in place of variables.
     *
     * @throws SubstitutionProblem if that cannot be done, or what comes out is no manifest
     */
    public static Manifest evaluate(Manifest manifest, Map<String, String> variables, boolean strict) {
        Map<?, ?> content = manifest.content();
        if (hasDollar(content)) {
            String text = YamlWriter.write(List.of((MapNode) Node.of(manifest.content())));
            Node read = read(Template.parse(text).evaluate(variables, strict));
            if (!(read instanceof MapNode map)) {
                throw new SubstitutionProblem("what comes out is no object of Kubernetes");
            }
            content = map.toPlain();
        }
        return manifest(manifest, requireNonNull(asFloats(content)));
    }

    private static Manifest manifest(Manifest before, Object content) {
        if (content == before.content()) {
            return before;
        }
        try {
            @SuppressWarnings("unchecked") // a map of a manifest, or one that was read from YAML
            var map = (Map<String, @Nullable Object>) content;
            return new Manifest(map);
        } catch (IllegalArgumentException e) {
            throw new SubstitutionProblem("what comes out lacks apiVersion, kind or metadata.name, or one of them, or"
                    + " metadata.namespace, is no string; put the variable between quotes of the value");
        }
    }

    /** The cause stays behind: a parser's words may hold a value. */
    private static @Nullable Node read(String text) {
        try {
            return READER.readOne(text, "", Dialect.CONFIGURATION);
        } catch (KustomizeException e) {
            Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
            throw new SubstitutionProblem(
                    "what comes out is no YAML" + (line.find() ? " (line " + line.group(1) + ")" : "")
                            + "; a value that YAML would misread needs quotes around it in the variable itself");
        }
    }

    private static boolean hasDollar(@Nullable Object value) {
        if (value instanceof String text) {
            return text.indexOf('$') >= 0;
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (hasDollar(entry.getKey()) || hasDollar(entry.getValue())) {
                    return true;
                }
            }
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                if (hasDollar(item)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The same value where nothing changes, so that what has no variable is not copied. */
    private static @Nullable Object asFloats(@Nullable Object value) {
        if (value instanceof Number number) {
            Number rounded = ScalarResolver.number(GoNumbers.formatJson(number.doubleValue()));
            return number.equals(rounded) ? number : rounded;
        }
        if (value instanceof Map<?, ?> map) {
            var changed = new LinkedHashMap<Object, @Nullable Object>(map);
            changed.replaceAll((key, item) -> asFloats(item));
            return isSame(map.values(), changed.values()) ? map : changed;
        }
        if (value instanceof List<?> list) {
            var changed = new ArrayList<@Nullable Object>(list);
            changed.replaceAll(ManifestTemplate::asFloats);
            return isSame(list, changed) ? list : changed;
        }
        return value;
    }

    private static boolean isSame(Iterable<?> one, Iterable<?> other) {
        var others = other.iterator();
        for (Object item : one) {
            if (item != others.next()) {
                return false;
            }
        }
        return true;
    }
}
