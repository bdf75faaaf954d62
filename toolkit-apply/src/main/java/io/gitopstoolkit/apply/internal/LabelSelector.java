package io.gitopstoolkit.apply.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Selects by labels or annotations, with the expressions of {@code kubectl get -l}.
 *
 * @param requirements all of them are to be met
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors">Kubernetes:
 *     label selectors</a>
 */
public record LabelSelector(List<Requirement> requirements) {
    private static final String KEY = "([A-Za-z0-9._/-]+)";
    private static final Pattern REQUIREMENT = Pattern.compile("\\s*(?:" + KEY + "\\s*(==?|!=)\\s*([A-Za-z0-9._-]*)|"
            + KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)|(!?)\\s*" + KEY + ")\\s*(,|$)");

    /** Copies the list. */
    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * One condition.
     *
     * @param values of which the key has one; empty where it is enough that it is there
     * @param negated whether the opposite is meant; a missing key meets it
     */
    public record Requirement(String key, Set<String> values, boolean negated) {
        /** Copies the set. */
        public Requirement {
            values = Set.copyOf(values);
        }

        boolean isMetBy(Map<String, String> labels) {
            String value = labels.get(key);
            boolean has = value != null && (values.isEmpty() || values.contains(value));
            return has != negated;
        }
    }

    /**
     * Reads such as {@code app=web,tier in (a, b),!canary}; an empty text selects everything.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static LabelSelector parse(String text) {
        var requirements = new ArrayList<Requirement>();
        String all = text.strip();
        Matcher next = REQUIREMENT.matcher(all);
        int at = 0;
        while (at < all.length()) {
            if (all.endsWith(",") || !next.region(at, all.length()).lookingAt()) {
                throw new IllegalArgumentException("not a selector such as app=web,tier in (a, b): '" + text + "'");
            }
            requirements.add(requirement(next));
            at = next.end();
        }
        return new LabelSelector(requirements);
    }

    private static Requirement requirement(Matcher found) {
        if (found.group(1) != null) {
            return new Requirement(
                    found.group(1), Set.of(found.group(3)), found.group(2).equals("!="));
        }
        if (found.group(4) != null) {
            Set<String> values = Arrays.stream(found.group(6).split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.toSet());
            return new Requirement(found.group(4), values, found.group(5).equals("notin"));
        }
        return new Requirement(found.group(8), Set.of(), found.group(7).equals("!"));
    }

    /** Whether labels, or annotations, meet all requirements. */
    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.isMetBy(labels));
    }
}
