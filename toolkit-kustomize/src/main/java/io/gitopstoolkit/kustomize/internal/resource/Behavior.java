package io.gitopstoolkit.kustomize.internal.resource;

/** What a generated resource does to one of the same id. */
public enum Behavior {
    /** It is the first of its id. */
    CREATE,
    /** It takes the place of the other. */
    REPLACE,
    /** Its data is added to the other's. */
    MERGE;

    /** The behavior of a name; anything unknown creates. */
    public static Behavior of(String name) {
        return switch (name) {
            case "replace" -> REPLACE;
            case "merge" -> MERGE;
            default -> CREATE;
        };
    }
}
