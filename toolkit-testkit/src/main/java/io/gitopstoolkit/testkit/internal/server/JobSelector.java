package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.List;
import java.util.Map;

/** The selector that a Job gets, so that it counts its own pods only. */
final class JobSelector {
    private static final String UID = "controller-uid";
    private static final String NAME = "job-name";
    private static final String PREFIX = "batch.kubernetes.io/";

    private JobSelector() {}

    static void generate(Map<String, Object> job) {
        Map<String, Object> spec = Tree.child(job, "spec");
        if (Boolean.TRUE.equals(spec.get("manualSelector"))) {
            return;
        }
        Map<String, Object> template = Tree.child(Tree.child(spec, "template"), "metadata");
        Map<String, Object> labels = Tree.child(template, "labels");
        for (String prefix : List.of(PREFIX, "")) {
            labels.put(prefix + UID, Tree.text(job, "metadata", "uid"));
            labels.put(prefix + NAME, Tree.text(job, "metadata", "name"));
        }
        Tree.child(Tree.child(spec, "selector"), "matchLabels").put(PREFIX + UID, Tree.text(job, "metadata", "uid"));
        if (Tree.mapAt(job, "metadata", "labels").isEmpty()) {
            Tree.child(job, "metadata").put("labels", Tree.copy(labels));
        }
    }
}
