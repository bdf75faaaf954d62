package io.gitopstoolkit.api;

/** A path of a {@link FileTree} that is not there, is something else, or leaves the tree. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
public final class FileTreeException extends ToolkitException {
    /** What is wrong with the path. */
    public enum Reason {
        /** There is nothing at the path. */
        NOT_FOUND("PathNotFound"),
        /** There is a directory where a file was expected, or the other way about. */
        WRONG_KIND("WrongPathKind"),
        /** The path, or a symbolic link on it, leads out of the tree, or links lead to each other. */
        ESCAPES("PathEscapesTree");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason why;
    private final String path;

    FileTreeException(Reason why, String path, String message) {
        super(why.text, Retry.NEVER, message, null);
        this.why = why;
        this.path = path;
    }

    /** What is wrong. */
    public Reason why() {
        return why;
    }

    /** The path as it was asked for. */
    public String path() {
        return path;
    }
}
