package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Selector;
import io.gitopstoolkit.kustomize.internal.transform.ValueAddTransformer;
import io.gitopstoolkit.kustomize.internal.transform.ValueAddTransformer.Target;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the configuration of a {@code ValueAddTransformer}. */
final class ValueAddFields {
    static final Set<String> KNOWN = Set.of("value", "targets", "targetFilePath");

    private static final Set<String> TARGET = Set.of("selector", "fieldPath", "filePathPosition");

    private ValueAddFields() {}

    static ValueAddTransformer transformer(Fields fields, Site site) {
        String value = fields.text("value").strip();
        var targets = new ArrayList<>(targets(fields));
        String file = fields.text("targetFilePath");
        if (!file.isEmpty()) {
            Directory directory = site.directory();
            String name = directory.pathOf(file);
            Node document = site.build().yaml().readOne(directory.read(file), name, Dialect.CONFIGURATION);
            if (document != null && !document.isNull()) {
                targets.addAll(targets(Fields.lenient(document, name, KNOWN)));
            }
        }
        if (targets.isEmpty()) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, "must specify at least one target");
        }
        return new ValueAddTransformer(value.isEmpty() ? nameOf(site.directory()) : value, targets);
    }

    private static String nameOf(Directory directory) {
        String name = directory.name();
        if (name.isEmpty()) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    "without a value, the name of the kustomization's directory is added, and the root of the artifact"
                            + " has none; set value");
        }
        return name;
    }

    private static List<Target> targets(Fields fields) {
        return fields.objects("targets", TARGET, ValueAddFields::target);
    }

    private static Target target(Fields fields) {
        Selector.Texts selector = fields.object("selector", PatchArgs.SELECTOR, PatchArgs::selector);
        String path = fields.text("fieldPath");
        long position = fields.whole("filePathPosition");
        if (path.isEmpty()) {
            throw new KustomizeException(INVALID_KUSTOMIZATION, "fieldPath cannot be empty");
        }
        if (position < 0) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION, "value of FilePathPosition (" + position + ") cannot be negative");
        }
        return new Target(selector, path, (int) Math.min(position, Integer.MAX_VALUE));
    }
}
