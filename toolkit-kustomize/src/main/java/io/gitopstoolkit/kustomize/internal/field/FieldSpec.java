package io.gitopstoolkit.kustomize.internal.field;

import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of certain kinds.
 *
 * @param kinds the kinds that have it
 * @param path the names on the way, parted by {@code /}; {@code \/} stands for a slash in a name, {@code []} after a
 *     name says that the field is a list
 * @param create whether the field is put there where it is missing
 * @param steps the names of the path
 */
public record FieldSpec(Gvk kinds, String path, boolean create, List<Step> steps) {
    /** A field of certain kinds. */
    public FieldSpec(Gvk kinds, String path, boolean create) {
        this(kinds, path, create, split(path));
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
                    || (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9'));
        }
    }

    /** Whether kustomize takes the other for this one: the same path, and kinds that these are among. */
    boolean covers(FieldSpec other) {
        return kinds.isSelectedBy(other.kinds) && other.path.equals(path);
    }

    private static List<Step> split(String path) {
        var names = new ArrayList<String>();
        String rest = path.length() > 1 && path.startsWith("/") ? path.substring(1) : path;
        for (String part : rest.split("/", -1)) {
            int last = names.size() - 1;
            if (last >= 0 && names.get(last).endsWith("\\")) {
                String head = names.get(last);
                names.set(last, head.substring(0, head.length() - 1) + '/' + part);
            } else {
                names.add(part);
            }
        }
        var steps = new ArrayList<Step>(names.size());
        for (String name : names) {
            boolean isList = name.endsWith("[]");
            steps.add(new Step(isList ? name.substring(0, name.length() - 2) : name, isList));
        }
        return List.copyOf(steps);
    }
}
