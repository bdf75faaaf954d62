package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_NOT_FOUND;

import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.FileTree.Entry;
import io.gitopstoolkit.api.FileTree.Kind;
import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A directory without a kustomization file, and the one that Flux generates for it: all manifests below it by the order
 * of their names, and of directories with a kustomization file of their own these, not what is in them.
 */
final class PlainDirectory {
    /** Flux's name for the namespace of nothing, which keeps kustomize from calling the file empty. */
    private static final String NOWHERE = "_placeholder";

    private final Build build;
    private final FileTree files;
    private final String root;
    private final Deque<Found> waiting = new ArrayDeque<>();

    PlainDirectory(Build build, FileTree files, String root) {
        this.build = build;
        this.files = files;
        this.root = root;
    }

    /**
     * What a walk comes by.
     *
     * @param path from the directory
     * @param kind of it
     */
    private record Found(String path, Kind kind) {}

    /** The kustomization file, as one would write it. */
    MapNode kustomization() {
        var resources = new ListNode();
        push("");
        while (!waiting.isEmpty()) {
            Found found = waiting.pop();
            if (found.kind == Kind.DIRECTORY) {
                if (hasKustomization(found.path)) {
                    resources.add(ScalarNode.string("./" + found.path));
                } else {
                    push(found.path + '/');
                }
            } else if (found.path.endsWith(".yaml") || found.path.endsWith(".yml")) {
                if (found.kind == Kind.SYMLINK) {
                    throw new KustomizeException(
                            FILE_NOT_FOUND, "'" + inTree(found.path) + "' is a link that leads nowhere");
                }
                resources.add(ScalarNode.string("./" + found.path));
            }
        }
        var kustomization = new MapNode();
        if (resources.isEmpty()) {
            kustomization.put("namespace", NOWHERE);
        } else {
            kustomization.put("resources", resources);
        }
        return kustomization;
    }

    /** What is in a directory comes next, in its order. Links to directories are passed by. */
    private void push(String directory) {
        build.check("read directory " + inTree(directory));
        List<Entry> entries = files.list(inTree(directory));
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            String path = directory + entry.name();
            if (entry.kind() != Kind.DIRECTORY || !isLink(path)) {
                waiting.push(new Found(path, entry.kind()));
            }
        }
    }

    private boolean isLink(String path) {
        return !files.realPath(inTree(path)).equals(inTree(path));
    }

    private boolean hasKustomization(String path) {
        return Target.FILE_NAMES.stream()
                .anyMatch(name -> files.kind(inTree(path + '/' + name))
                        .filter(kind -> kind == Kind.FILE || kind == Kind.EXECUTABLE)
                        .isPresent());
    }

    private String inTree(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return root.isEmpty() ? plain : plain.isEmpty() ? root : root + '/' + plain;
    }
}
