import org.jspecify.annotations.NullMarked;

/** Tells people and systems what a delivery did. */
@NullMarked
module io.gitopstoolkit.notify {
    requires transitive io.gitopstoolkit.api;
    requires com.fasterxml.jackson.core;
    requires re2j; // has no module name of its own: that of its file
    requires java.net.http;
    requires static org.jspecify;

    exports io.gitopstoolkit.notify;
}
