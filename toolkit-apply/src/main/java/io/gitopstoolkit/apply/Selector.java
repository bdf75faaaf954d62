package io.gitopstoolkit.apply;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.LabelSelector;

/**
 * Which objects are meant: those that match all of its parts, where an empty part matches everything. All but the last two
 * are regular expressions of RE2, which have to match as a whole.
 *
 * @param group of the API, such as {@code apps}
 * @param version of the API without its group, such as {@code v1}
 * @param kind such as {@code Deployment|StatefulSet}
 * @param name such as {@code web-.*}
 * @param namespace of the object
 * @param labelSelector such as {@code app=web,tier in (a, b),!canary}
 * @param annotationSelector of the same form
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/">Flux: the target of patches and rules</a>
 */
public record Selector(
        String group,
        String version,
        String kind,
        String name,
        String namespace,
        String labelSelector,
        String annotationSelector) {
    private static final Selector ALL = new Selector("", "", "", "", "", "", "");

    /**
     * Checks all parts.
     *
     * @throws IllegalArgumentException if one is no regular expression, or no selector
     */
    public Selector {
        compile("group", group);
        compile("version", version);
        compile("kind", kind);
        compile("name", name);
        compile("namespace", namespace);
        LabelSelector.parse(labelSelector);
        LabelSelector.parse(annotationSelector);
    }

    /** All objects. */
    public static Selector all() {
        return ALL;
    }

    /** The objects of a kind, such as {@code Deployment}; an expression too. */
    public static Selector kind(String kind) {
        return new Selector("", "", kind, "", "", "", "");
    }

    /** The same in this group alone. */
    public Selector withGroup(String other) {
        return new Selector(other, version, kind, name, namespace, labelSelector, annotationSelector);
    }

    /** The same with this name alone. */
    public Selector withName(String other) {
        return new Selector(group, version, kind, other, namespace, labelSelector, annotationSelector);
    }

    /** The same in this namespace alone. */
    public Selector withNamespace(String other) {
        return new Selector(group, version, kind, name, other, labelSelector, annotationSelector);
    }

    /** The same with these labels alone. */
    public Selector withLabels(String selector) {
        return new Selector(group, version, kind, name, namespace, selector, annotationSelector);
    }

    /** The same with these annotations alone. */
    public Selector withAnnotations(String selector) {
        return new Selector(group, version, kind, name, namespace, labelSelector, selector);
    }

    /** Compiled, for many objects. */
    Matcher matcher() {
        return new Matcher(
                compile("group", group),
                compile("version", version),
                compile("kind", kind),
                compile("name", name),
                compile("namespace", namespace),
                LabelSelector.parse(labelSelector),
                LabelSelector.parse(annotationSelector));
    }

    /** A selector that is ready to be asked. Safe between threads. */
    record Matcher(
            Pattern group,
            Pattern version,
            Pattern kind,
            Pattern name,
            Pattern namespace,
            LabelSelector labels,
            LabelSelector annotations) {
        /** Whether the object is meant. */
        boolean matches(Manifest object) {
            var ref = object.ref();
            String apiVersion = object.apiVersion();
            return kind.matcher(ref.kind()).matches()
                    && group.matcher(ref.group()).matches()
                    && version.matcher(apiVersion.substring(apiVersion.lastIndexOf('/') + 1))
                            .matches()
                    && name.matcher(ref.name()).matches()
                    && namespace.matcher(ref.namespace()).matches()
                    && labels.matches(object.labels())
                    && annotations.matches(object.annotations());
        }
    }

    private static Pattern compile(String part, String expression) {
        try {
            return Pattern.compile(expression.isEmpty() ? "(?s).*" : expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the " + part + " of a selector is no regular expression: '" + expression + "'", e);
        }
    }
}
