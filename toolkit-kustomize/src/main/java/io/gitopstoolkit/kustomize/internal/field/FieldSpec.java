package io.gitopstoolkit.kustomize.internal.field;

import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field of certain kinds. Immutable. */
public final class FieldSpec {
    private final Gvk kinds;
    private final String path;
    private final boolean create;
    private @Nullable List<Step> steps;

    /**
     * A field of certain kinds.
     *
     * @param kinds the kinds that have it
     * @param path the names on the way, parted by {@code /}; {@code \/} stands for a slash in a name, {@code []} after a
     *     name says that the field is a list
     * @param create whether the field is put there where it is missing
     */
    public FieldSpec(Gvk kinds, String path, boolean create) {
        this.kinds = kinds;
        this.path = path;
        this.create = create;
    }

    /** The kinds that have it. */
    public Gvk kinds() {
        return kinds;
    }

    /** The names on the way as they are written. */
    public String path() {
        return path;
    }

    /** Whether the field is put there where it is missing. */
    public boolean create() {
        return create;
    }

    /** The names of the path, taken apart when they are first asked for: of most fields, a build has no kind. */
    public List<Step> steps() {
        List<Step> known = steps;
        if (known == null) {
            known = split(path);
            steps = known;
        }
        return known;
    }

    /**
     * One name of a path.
     *
     * @param name the field's name
     * @param isList whether the path says that it is a list
     * @param isPosition whether kustomize takes it for an item of a list, which no map has
     */
    public record Step(String name, boolean isList, boolean isPosition) {
        Step(String name, boolean isList) {
            this(name, isList, isPosition(name));
        }

        private static boolean isPosition(String name) {
            return name.equals("-")
                    || name.equals("*")
                    || (name.startsWith("[") && name.endsWith("]"))
                    || isNumber(name);
        }

        private static boolean isNumber(String name) {
            for (int i = 0; i < name.length(); i++) {
                if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                    return false;
                }
            }
            return !name.isEmpty();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSpec spec
                && create == spec.create
                && path.equals(spec.path)
                && kinds.equals(spec.kinds);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + kinds.hashCode();
    }

    @Override
    public String toString() {
        return kinds + " " + path;
    }

    /** Whether it is the annotations or lies in them. */
    public boolean isAnnotation() {
        return path.startsWith("metadata/annotations");
    }

    /** Whether kustomize takes the other for this one: the same path, and kinds that these are among. */
    boolean covers(FieldSpec other) {
        return other.path.equals(path) && kinds.isSelectedBy(other.kinds);
    }

    /** The names of a path that slashes part; {@code \/} is a slash in a name. */
    public static List<String> names(String path) {
        var names = new ArrayList<String>();
        for (String part : path.split("/", -1)) {
            int last = names.size() - 1;
            if (last >= 0 && names.get(last).endsWith("\\")) {
                String head = names.get(last);
                names.set(last, head.substring(0, head.length() - 1) + '/' + part);
            } else {
                names.add(part);
            }
        }
        return names;
    }

    private static List<Step> split(String path) {
        List<String> names = names(path.length() > 1 && path.startsWith("/") ? path.substring(1) : path);
        var steps = new ArrayList<Step>(names.size());
        for (String name : names) {
            boolean isList = name.endsWith("[]");
            steps.add(new Step(isList ? name.substring(0, name.length() - 2) : name, isList));
        }
        return List.copyOf(steps);
    }
}
