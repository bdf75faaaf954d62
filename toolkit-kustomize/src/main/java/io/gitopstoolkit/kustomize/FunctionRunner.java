package io.gitopstoolkit.kustomize;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import java.util.List;

/**
 * Runs the functions that {@code generators}, {@code transformers} and {@code validators} of kustomizations name.
 *
 * <p>A renderer has none unless it is given one by {@link KustomizeRenderer.Builder#functionRunner}, and refuses functions
 * then, as kustomize does without {@code --enable-alpha-plugins}. Functions are programs that the artifact chooses: a
 * runner for content that is not trusted checks which.
 *
 * <p>Implementations are safe between threads, and block.
 *
 * @see <a href="https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md">
 *     The functions' specification</a>
 */
@FunctionalInterface
public interface FunctionRunner {
    /**
     * What a function makes of a list of resources.
     *
     * @param function which one
     * @param resourceList an object of the kind {@code ResourceList} in YAML, with {@code items} and the
     *     {@code functionConfig}
     * @param deadline the build's
     * @return a {@code ResourceList} in YAML. An item with the id of an object takes its place, others are added, and
     *     objects without an item go
     * @throws io.gitopstoolkit.api.ToolkitException if the function cannot be run, or fails
     */
    String run(Function function, String resourceList, Deadline deadline);

    /**
     * A function: a container where there is an image, else a program.
     *
     * @param image of the container, or empty
     * @param network whether the container asks for a network
     * @param mounts what the container asks for of files
     * @param path of the program, from the directory of the kustomization. For a plugin of kustomize's older kind, which
     *     says no path, that from the plugins' home: {@code example.org/v1/painter/Painter}
     * @param arguments of the program
     * @param environment variables of either, {@code NAME=value}, or {@code NAME} for the caller's
     */
    record Function(
            String image,
            boolean network,
            List<Mount> mounts,
            String path,
            List<String> arguments,
            List<String> environment) {
        /** Checks that nothing is null. */
        public Function {
            requireNonNull(image, "image");
            mounts = List.copyOf(mounts);
            requireNonNull(path, "path");
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
        }
    }

    /**
     * Files for a container.
     *
     * @param type such as {@code bind}
     * @param source from the directory of the kustomization, and within it
     * @param target in the container
     * @param writable whether the container may write there
     */
    record Mount(String type, String source, String target, boolean writable) {
        /** Checks that nothing is null. */
        public Mount {
            requireNonNull(type, "type");
            requireNonNull(source, "source");
            requireNonNull(target, "target");
        }
    }
}
