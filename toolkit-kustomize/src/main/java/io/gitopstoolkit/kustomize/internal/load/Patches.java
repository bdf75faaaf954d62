package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.transform.PatchSource;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of patches that stand in a kustomization or in files beside it. */
record Patches(Build build, Directory directory, String name) implements PatchSource {
    @Override
    public List<Resource> resources(String text) {
        return new ResourceReader(build).read(text, name);
    }

    @Override
    public @Nullable Node document(String text) {
        if (text.startsWith("[") && !JsonSyntax.isValid(text)) {
            throw new KustomizeException(
                    KustomizeException.Reason.PATCH_FAILED, name + ": begins with '[' and is not JSON");
        }
        return build.yaml().readOne(text, name, Dialect.CONFIGURATION);
    }

    @Override
    public String file(String file) {
        return Build.text(directory.read(file), directory.pathOf(file));
    }
}
