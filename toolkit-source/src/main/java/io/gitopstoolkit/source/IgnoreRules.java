package io.gitopstoolkit.source;

import static java.util.Objects.requireNonNull;

/**
 * Which files of a source are left out of its artifact, as Flux decides it.
 *
 * <p>Rules have the form of {@code .gitignore}. They are tried in this order, and the last that matches a path or a
 * directory above it decides, so {@code !} takes a file back in, even from a directory that is left out:
 *
 * <ol>
 *   <li>always: {@code .git/ .gitignore .gitmodules .gitattributes};
 *   <li>where there is no other rule, that is neither one in a {@code .sourceignore} file nor a given one: media and
 *       archives ({@code *.jpg *.jpeg *.gif *.png *.wmv *.flv *.tar.gz *.zip}), the files of continuous integration
 *       ({@code .github/ .circleci/ .travis.yml .gitlab-ci.yml appveyor.yml .drone.yml cloudbuild.yaml
 *       codeship-services.yml codeship-steps.yml}), and {@code .goreleaser.yml .sops.yaml .flux.yaml};
 *   <li>the rules in each {@code .sourceignore} file, for the directory that it is in and those below;
 *   <li>the given rules, for the whole tree.
 * </ol>
 *
 * <p>A {@code .sourceignore} file is a regular file of at most 1 MiB in UTF-8. Instances are immutable.
 *
 * @see <a href="https://fluxcd.io/flux/components/source/gitrepositories/#excluding-files">Flux: excluding files</a>
 */
public final class IgnoreRules {
    /** No given rules: those of the {@code .sourceignore} files apply, and without any, the defaults. */
    public static final IgnoreRules DEFAULTS = new IgnoreRules("");

    private final String text;

    private IgnoreRules(String text) {
        this.text = text;
    }

    /**
     * Given rules, as in Flux's {@code spec.ignore}.
     *
     * @param text one rule on a line; blank lines and those that begin with {@code #} do not count
     */
    public static IgnoreRules of(String text) {
        return new IgnoreRules(requireNonNull(text, "text"));
    }

    /** The text of the given rules; empty for {@link #DEFAULTS}. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IgnoreRules rules && text.equals(rules.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The given rules. */
    @Override
    public String toString() {
        return "IgnoreRules[" + text.lines().toList() + "]";
    }
}
