import org.jspecify.annotations.NullMarked;

/** Renders kustomizations in process. */
@NullMarked
module io.gitopstoolkit.kustomize {
    requires re2j;
    requires transitive io.gitopstoolkit.api;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports io.gitopstoolkit.kustomize;
}
