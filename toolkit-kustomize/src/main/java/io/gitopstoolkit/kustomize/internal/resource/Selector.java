package io.gitopstoolkit.kustomize.internal.resource;

import com.google.re2j.PatternSyntaxException;
import io.gitopstoolkit.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which resources a patch is for: anchored regular expressions for what an id is made of, and selectors of labels and
 * annotations. What is empty matches everything.
 */
public final class Selector {
    private final Part group;
    private final Part version;
    private final Part kind;
    private final Part name;
    private final Part namespace;
    private final @Nullable LabelSelector labels;
    private final @Nullable LabelSelector annotations;

    /**
     * Compiles a selector.
     *
     * @throws KustomizeException if an expression or a selector is not well formed
     */
    public Selector(Texts texts) {
        group = Part.of("group", texts.group);
        version = Part.of("version", texts.version);
        kind = Part.of("kind", texts.kind);
        name = Part.of("name", texts.name);
        namespace = Part.of("namespace", texts.namespace);
        labels = texts.labelSelector.isEmpty() ? null : LabelSelector.parse(texts.labelSelector);
        annotations = texts.annotationSelector.isEmpty() ? null : LabelSelector.parse(texts.annotationSelector);
    }

    /**
     * A selector as it is written.
     *
     * @param group an expression
     * @param version an expression
     * @param kind an expression
     * @param name an expression
     * @param namespace an expression
     * @param labelSelector such as {@code app=web,tier in (a, b)}
     * @param annotationSelector of the same form
     */
    public record Texts(
            String group,
            String version,
            String kind,
            String name,
            String namespace,
            String labelSelector,
            String annotationSelector) {}

    /** The resources that are selected, in order. */
    public List<Resource> select(ResourceSet set) {
        var selected = new ArrayList<Resource>();
        for (Resource resource : candidates(set)) {
            if (matches(resource)) {
                selected.add(resource);
            }
        }
        return selected;
    }

    /** Resources that include all that can match, in order: those of one name where the selector asks for one. */
    List<Resource> candidates(ResourceSet set) {
        return name.expression == null && !name.word.isEmpty() ? set.withName(name.word) : set.list();
    }

    /** Whether a resource is selected. Its first id and its current one count alike. */
    public boolean matches(Resource resource) {
        ResourceId now = resource.id();
        if (!kind.matches(now.kind()) || !group.matches(now.group()) || !version.matches(now.version())) {
            return false;
        }
        ResourceId original = resource.originalId();
        return (name.matches(original.name()) || name.matches(now.name()))
                && (namespace.matches(original.namespace()) || namespace.matches(now.namespace()))
                && (labels == null || labels.matches(resource.labels()))
                && (annotations == null || annotations.matches(resource.annotations()));
    }

    /** Whether one id matches. */
    boolean matches(IdSelector.Written id) {
        return kind.matches(id.gvk().kind())
                && group.matches(id.gvk().group())
                && version.matches(id.gvk().version())
                && name.matches(id.name())
                && namespace.matches(id.namespace());
    }

    /** One expression; a plain word is compared without one. */
    private record Part(String word, @Nullable Expression expression) {
        static Part of(String field, String text) {
            if (isWord(text)) {
                return new Part(text, null);
            }
            try {
                return new Part(text, Expression.of(text));
            } catch (PatternSyntaxException e) {
                throw new KustomizeException(
                        KustomizeException.Reason.INVALID_KUSTOMIZATION,
                        field + " '" + text + "' is not a regular expression: " + e.getMessage(),
                        e);
            }
        }

        boolean matches(String value) {
            return expression == null ? word.isEmpty() || word.equals(value) : expression.matches(value);
        }

        private static boolean isWord(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!Character.isLetterOrDigit(c) && c != '-' && c != '/') {
                    return false;
                }
            }
            return true;
        }
    }
}
