import org.jspecify.annotations.NullMarked;

/** The shared values and stage contracts of the toolkit. */
@NullMarked
module io.gitopstoolkit.api {
    requires static transitive org.jspecify;

    exports io.gitopstoolkit.api;
}
