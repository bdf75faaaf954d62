package io.gitopstoolkit.kustomize.internal.resource;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The annotations that kustomize keeps its own notes in, and that are never part of the output. */
public final class InternalAnnotations {
    /** Says that a resource is for kustomize alone. */
    public static final String LOCAL_CONFIG = "config.kubernetes.io/local-config";

    /** Says where a resource comes from. */
    public static final String ORIGIN = "config.kubernetes.io/origin";

    /** Says which transformers changed a resource. */
    public static final String TRANSFORMATIONS = "alpha.config.kubernetes.io/transformations";

    private static final String PREFIX = "internal.config.kubernetes.io/";

    /** Says that a resource comes out of a Helm chart. */
    public static final String HELM_GENERATED = PREFIX + "helm-generated";

    private static final Set<String> DROPPED = Set.of(
            PREFIX + "previousKinds",
            PREFIX + "previousNames",
            PREFIX + "previousNamespaces",
            PREFIX + "prefixes",
            PREFIX + "suffixes",
            PREFIX + "allowNameChange",
            PREFIX + "allowKindChange",
            PREFIX + "refBy",
            PREFIX + "generatorBehavior",
            PREFIX + "needsHashSuffix",
            PREFIX + "path",
            PREFIX + "index",
            PREFIX + "seqindent",
            PREFIX + "id",
            PREFIX + "annotations-migration-resource-id",
            HELM_GENERATED,
            "config.kubernetes.io/path",
            "config.kubernetes.io/index",
            "config.k8s.io/id",
            ORIGIN,
            TRANSFORMATIONS);

    private InternalAnnotations() {}

    /** Reads notes that the input brings along, as the output of other tools does. */
    static void absorb(Resource resource) {
        MapNode annotations = resource.annotations();
        if (annotations == null || annotations.isEmpty()) {
            return;
        }
        History history = resource.history();
        String names = take(annotations, "previousNames");
        if (names != null) {
            List<String> parts = List.of(names.split(",", -1));
            List<String> kinds = parts(annotations, "previousKinds");
            List<String> namespaces = parts(annotations, "previousNamespaces");
            if (kinds.size() != parts.size() || namespaces.size() != parts.size()) {
                throw new KustomizeException(
                        KustomizeException.Reason.INVALID_RESOURCE,
                        resource + ": the annotations " + PREFIX
                                + "previousNames, previousKinds and previousNamespaces differ in length; remove them");
            }
            for (int i = 0; i < parts.size(); i++) {
                history.add(kinds.get(i), parts.get(i), namespaces.get(i));
            }
        }
        history.addPrefix(orEmpty(take(annotations, "prefixes")));
        history.addSuffix(orEmpty(take(annotations, "suffixes")));
        String behavior = take(annotations, "generatorBehavior");
        if (behavior != null) {
            history.behavior(Behavior.of(behavior));
        }
        history.needsHash(orEmpty(take(annotations, "needsHashSuffix")).equals("enabled"));
    }

    /** What is to be in the output: without notes, every value a string, and null where nothing is left. */
    public static @Nullable MapNode cleaned(MapNode annotations) {
        var strings = new TreeMap<String, String>();
        for (int i = 0; i < annotations.size(); i++) {
            if (!DROPPED.contains(annotations.keyAt(i))) {
                strings.put(annotations.keyAt(i), Scalars.rawText(annotations.valueAt(i)));
            }
        }
        if (strings.isEmpty()) {
            return null;
        }
        var cleaned = new MapNode(strings.size());
        strings.forEach((key, text) -> cleaned.append(key, ScalarNode.string(text)));
        return cleaned;
    }

    private static @Nullable String take(MapNode annotations, String name) {
        return annotations.remove(PREFIX + name) instanceof ScalarNode scalar ? scalar.text() : null;
    }

    private static List<String> parts(MapNode annotations, String name) {
        String text = take(annotations, name);
        return text == null ? List.of() : List.of(text.split(",", -1));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
