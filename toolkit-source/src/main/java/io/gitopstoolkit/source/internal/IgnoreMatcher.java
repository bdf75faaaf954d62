package io.gitopstoolkit.source.internal;

import io.gitopstoolkit.source.IgnoreRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/** Decides for each path of one tree whether it is left out. The order of rules is that of {@link IgnoreRules}. */
public final class IgnoreMatcher {
    /** The name of the files in a tree that hold rules. */
    public static final String FILE_NAME = ".sourceignore";

    private static final String ALWAYS = """
            .git/
            .gitignore
            .gitmodules
            .gitattributes
            """;
    private static final String DEFAULTS = """
            *.jpg
            *.jpeg
            *.gif
            *.png
            *.wmv
            *.flv
            *.tar.gz
            *.zip
            .github/
            .circleci/
            .travis.yml
            .gitlab-ci.yml
            appveyor.yml
            .drone.yml
            cloudbuild.yaml
            codeship-services.yml
            codeship-steps.yml
            **/.goreleaser.yml
            **/.sops.yaml
            **/.flux.yaml
            """;

    /** One rule, and the directory that it is for, with a slash at its end; empty for the whole tree. */
    private record Rule(String prefix, FastIgnoreRule pattern) {
        boolean matches(String path) {
            return path.startsWith(prefix) && pattern.isMatch(path.substring(prefix.length()), false, false);
        }
    }

    private final List<Rule> rules;

    private IgnoreMatcher(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * A matcher for one tree.
     *
     * @param files the text of each {@code .sourceignore} file, by the path of its directory
     * @param given the rules given to the source
     */
    public static IgnoreMatcher of(Map<String, String> files, IgnoreRules given) {
        var custom = new ArrayList<Rule>();
        SortedMap<String, String> byPrefix = new TreeMap<>();
        files.forEach((directory, text) -> byPrefix.put(directory.isEmpty() ? "" : directory + '/', text));
        byPrefix.forEach((prefix, text) -> addTo(custom, prefix, text));
        addTo(custom, "", given.text());

        var all = new ArrayList<Rule>();
        addTo(all, "", ALWAYS);
        if (custom.isEmpty()) {
            addTo(all, "", DEFAULTS);
        }
        all.addAll(custom);
        return new IgnoreMatcher(List.copyOf(all));
    }

    /** Whether the file at {@code path} is left out. */
    public boolean isIgnored(String path) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            Rule rule = rules.get(i);
            if (rule.matches(path)) {
                return rule.pattern().getResult();
            }
        }
        return false;
    }

    private static void addTo(List<Rule> rules, String prefix, String text) {
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(FastIgnoreRule::new)
                .filter(rule -> !rule.isEmpty())
                .forEach(rule -> rules.add(new Rule(prefix, rule)));
    }
}
