package io.gitopstoolkit.testkit.internal.schema;

/** Paths of fields as messages write them. */
public final class Paths {
    private Paths() {}

    /** A field of an object. */
    public static String field(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** An entry of a map. */
    public static String key(String path, String key) {
        return path + "[" + key + "]";
    }

    /** An item of a list. */
    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
