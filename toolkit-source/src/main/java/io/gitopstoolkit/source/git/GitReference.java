package io.gitopstoolkit.source.git;

import io.gitopstoolkit.source.internal.SemVerRange;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * What a {@link GitSource} follows: one of Flux's ways to name a commit.
 *
 * @see <a href="https://fluxcd.io/flux/components/source/gitrepositories/#reference">Flux: reference</a>
 */
public sealed interface GitReference {
    /**
     * The newest commit of a branch. Revisions read {@code main@sha1:...}.
     *
     * @param name such as {@code main}, without {@code refs/heads/}
     */
    record Branch(String name) implements GitReference {
        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if Git allows no branch of that name
         */
        public Branch {
            requireRefName("branch", name, Constants.R_HEADS);
        }
    }

    /**
     * The commit of a tag; an annotated tag stands for the commit that it points to. Revisions read
     * {@code v1.2.3@sha1:...}.
     *
     * @param name such as {@code v1.2.3}, without {@code refs/tags/}
     */
    record Tag(String name) implements GitReference {
        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if Git allows no tag of that name
         */
        public Tag {
            requireRefName("tag", name, Constants.R_TAGS);
        }
    }

    /**
     * The tag with the highest version in a range. Tags that are no whole semantic version, with or without a leading
     * {@code v}, do not take part. Of equal versions the one with the newest commit wins, and then the last by name.
     * Revisions read {@code v1.2.3@sha1:...}.
     *
     * @param range such as {@code 6.x}, {@code >=1.2.0 <2.0.0} or {@code ~1.4 || ^3}; pre-releases take part where
     *     the range names one, as in {@code >=1.0.0-0}
     */
    record SemVer(String range) implements GitReference {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if {@code range} is no version range
         */
        public SemVer {
            SemVerRange.parse(range);
        }
    }

    /**
     * One commit, whatever refers to it. Revisions read {@code sha1:...}.
     *
     * @param id 40 hexadecimal digits in lower case
     */
    record Commit(String id) implements GitReference {
        /**
         * Checks the id.
         *
         * @throws IllegalArgumentException if {@code id} has another form
         */
        public Commit {
            if (!ObjectId.isId(id) || !ObjectId.fromString(id).name().equals(id)) {
                throw new IllegalArgumentException(
                        "a commit is written as 40 hexadecimal digits in lower case, not '" + id + "'");
            }
        }
    }

    /**
     * The commit of any ref. Revisions read {@code refs/pull/1/head@sha1:...}.
     *
     * @param ref a full name such as {@code refs/heads/main} or {@code refs/pull/1/head}, or {@code HEAD} for the
     *     default branch
     */
    record Name(String ref) implements GitReference {
        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if {@code ref} is neither {@code HEAD} nor the full name of a ref
         */
        public Name {
            if (!ref.equals(Constants.HEAD)) {
                if (!ref.startsWith(Constants.R_REFS)) {
                    throw new IllegalArgumentException(
                            "a ref is written in full, such as refs/heads/main, or HEAD; not '" + ref + "'");
                }
                requireRefName("ref", ref, "");
            }
        }
    }

    private static void requireRefName(String what, String name, String prefix) {
        if (name.isEmpty() || !Repository.isValidRefName(prefix + name)) {
            throw new IllegalArgumentException("Git allows no " + what + " named '" + name + "'");
        }
    }
}
