package io.gitopstoolkit.kustomize.internal.transform;

import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of patches. */
public interface PatchSource {
    /**
     * The resources in a text.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if it holds something else
     */
    List<Resource> resources(String text);

    /**
     * The first document of a text; null where there is none.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if it is not YAML
     */
    @Nullable
    Node document(String text);

    /**
     * The text of a file.
     *
     * @throws io.gitopstoolkit.kustomize.KustomizeException if it cannot be read
     */
    String file(String path);
}
