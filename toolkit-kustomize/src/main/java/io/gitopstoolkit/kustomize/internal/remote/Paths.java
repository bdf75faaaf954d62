package io.gitopstoolkit.kustomize.internal.remote;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as text. */
public final class Paths {
    private Paths() {}

    /**
     * The shortest path of the same place, by its text alone: without {@code .}, without empty parts, and without
     * {@code ..} but at the start of a relative path. {@code .} for nothing.
     */
    public static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty() && !parts.getLast().equals("..")) {
                    parts.removeLast();
                } else if (!rooted) {
                    parts.addLast(part);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        if (rooted) {
            return '/' + joined;
        }
        return joined.isEmpty() ? "." : joined;
    }
}
