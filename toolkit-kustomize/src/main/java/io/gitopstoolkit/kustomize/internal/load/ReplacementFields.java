package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Selector;
import io.gitopstoolkit.kustomize.internal.transform.Replacement;
import io.gitopstoolkit.kustomize.internal.transform.ReplacementTransformer;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads entries of {@code replacements}, and the files that they name. */
final class ReplacementFields {
    static final Set<String> ENTRY = Set.of("source", "targets", "sourceValue", "path");

    private static final Set<String> SOURCE =
            Set.of("group", "version", "kind", "name", "namespace", "fieldPath", "options");
    private static final Set<String> TARGET = Set.of("select", "reject", "fieldPaths", "options");
    private static final Set<String> OPTIONS = Set.of("delimiter", "index", "encoding", "create");

    private ReplacementFields() {}

    /**
     * An entry of a kustomization file.
     *
     * @param path of a file with replacements, or nothing
     * @param replacement the replacement itself, where there is no path
     */
    record Entry(String path, Replacement replacement) {}

    static Entry entry(Fields fields) {
        var entry = new Entry(fields.text("path"), replacement(fields));
        List<Replacement.Target> targets = entry.replacement.targets();
        if (!entry.path.isEmpty() && (entry.replacement.source() != null || (targets != null && !targets.isEmpty()))) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, "cannot specify both path and inline replacement");
        }
        return entry;
    }

    /** The replacements of entries, and of the files that they name. */
    static ReplacementTransformer transformer(List<Entry> entries, Site site) {
        var replacements = new ArrayList<Replacement>();
        for (Entry entry : entries) {
            if (entry.path.isEmpty()) {
                replacements.add(entry.replacement);
            } else {
                Directory directory = site.directory();
                String name = directory.pathOf(entry.path);
                replacements.addAll(file(
                        site.build().yaml().readOne(directory.read(entry.path), name, Dialect.CONFIGURATION), name));
            }
        }
        return new ReplacementTransformer(replacements);
    }

    /** The replacements of a file: one, or a list. */
    private static List<Replacement> file(@Nullable Node document, String path) {
        if (document instanceof MapNode) {
            return List.of(replacement(Fields.lenient(document, path, ENTRY)));
        }
        if (document instanceof ListNode list) {
            var replacements = new ArrayList<Replacement>(list.size());
            for (Node item : list) {
                Node map = item.isNull() ? new MapNode() : item;
                replacements.add(replacement(Fields.lenient(map, path + '[' + replacements.size() + ']', ENTRY)));
            }
            return replacements;
        }
        throw new KustomizeException(
                INVALID_KUSTOMIZATION, "'" + path + "' holds neither a replacement nor a list of them");
    }

    private static Replacement replacement(Fields fields) {
        return new Replacement(
                fields.object("source", SOURCE, ReplacementFields::source),
                fields.has("sourceValue") ? fields.text("sourceValue") : null,
                fields.has("targets") ? fields.objects("targets", TARGET, ReplacementFields::target) : null);
    }

    private static Replacement.Source source(Fields fields) {
        var id = new Selector.Texts(
                fields.exactText("group"),
                fields.exactText("version"),
                fields.exactText("kind"),
                fields.exactText("name"),
                fields.exactText("namespace"),
                "",
                "");
        return new Replacement.Source(id, fields.text("fieldPath"), options(fields));
    }

    private static Replacement.Target target(Fields fields) {
        return new Replacement.Target(
                fields.object("select", PatchArgs.SELECTOR, PatchArgs::selector),
                fields.objects("reject", PatchArgs.SELECTOR, PatchArgs::selector),
                fields.texts("fieldPaths"),
                options(fields));
    }

    private static Replacement.Options options(Fields fields) {
        Replacement.Options options = fields.object("options", OPTIONS, entry -> {
            entry.text("encoding");
            return new Replacement.Options(
                    entry.text("delimiter"), Math.toIntExact(entry.whole("index")), entry.flag("create"));
        });
        return options == null ? Replacement.Options.NONE : options;
    }
}
