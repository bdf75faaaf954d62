package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import io.gitopstoolkit.source.git.GitReference.Branch;
import io.gitopstoolkit.source.git.GitReference.Commit;
import io.gitopstoolkit.source.git.GitReference.Name;
import io.gitopstoolkit.source.git.GitReference.SemVer;
import io.gitopstoolkit.source.git.GitReference.Tag;
import io.gitopstoolkit.source.internal.SemVerRange;
import io.gitopstoolkit.source.internal.SemVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** Finds the commit that a reference stands for, by the list of references that the server gives. */
final class ReferenceResolver {
    private static final int NAMES_IN_MESSAGE = 5;

    /** Tells when commits were made, which the list of references does not. */
    interface CommitTimes {
        /** Seconds since 1970 for each of {@code commits}, in their order. */
        List<Long> of(List<ObjectId> commits) throws IOException;
    }

    private record Version(String tag, SemVersion version, ObjectId commit) {}

    private final Remote remote;
    private final Transfers transfers;
    private final Deadline deadline;
    private final CommitTimes times;

    ReferenceResolver(Remote remote, Transfers transfers, CommitTimes times, Deadline deadline) {
        this.remote = remote;
        this.transfers = transfers;
        this.times = times;
        this.deadline = deadline;
    }

    Revision resolve(GitReference reference) throws IOException {
        if (reference instanceof Commit commit) {
            return revision("", ObjectId.fromString(commit.id()));
        }
        if (reference instanceof SemVer semVer) {
            return newest(semVer.range());
        }
        if (reference instanceof Tag tag) {
            return exact(Constants.R_TAGS + tag.name(), tag.name(), "tag " + tag.name());
        }
        if (reference instanceof Branch branch) {
            return exact(Constants.R_HEADS + branch.name(), branch.name(), "branch " + branch.name());
        }
        String name = ((Name) reference).ref();
        return exact(name, name, "ref " + name);
    }

    private Revision exact(String ref, String name, String what) throws IOException {
        for (Ref found : transfers.list(List.of(ref), deadline)) {
            if (found.getName().equals(ref) && found.getObjectId() != null) {
                return revision(name, commitOf(found));
            }
        }
        throw notFound(ref, what);
    }

    private SourceException notFound(String ref, String what) throws IOException {
        Collection<Ref> all = transfers.list(List.of(), deadline);
        requireContent(all);
        String prefix = ref.startsWith(Constants.R_TAGS)
                ? Constants.R_TAGS
                : ref.startsWith(Constants.R_HEADS) ? Constants.R_HEADS : Constants.R_REFS;
        List<String> others = all.stream()
                .map(Ref::getName)
                .filter(name -> name.startsWith(prefix))
                .map(name -> prefix.equals(Constants.R_REFS) ? name : name.substring(prefix.length()))
                .sorted()
                .toList();
        return new SourceException(
                Reason.REFERENCE_NOT_FOUND,
                remote + " has no " + what + "; it has " + few(others) + "; check the reference of the source");
    }

    private Revision newest(String range) throws IOException {
        Collection<Ref> refs = transfers.list(List.of(Constants.R_TAGS + "*"), deadline);
        var versions = new ArrayList<Version>();
        for (Ref ref : refs) {
            String tag = ref.getName().startsWith(Constants.R_TAGS)
                    ? ref.getName().substring(Constants.R_TAGS.length())
                    : "";
            SemVersion.parse(tag).ifPresent(version -> versions.add(new Version(tag, version, commitOf(ref))));
        }
        var parsed = SemVerRange.parse(range);
        List<Version> matching = versions.stream()
                .filter(version -> parsed.matches(version.version()))
                .toList();
        if (matching.isEmpty()) {
            throw noMatch(range, versions);
        }
        SemVersion highest = matching.stream()
                .map(Version::version)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Version chosen = latest(matching.stream()
                .filter(version -> version.version().compareTo(highest) == 0)
                .toList());
        return revision(chosen.tag(), chosen.commit());
    }

    /** Of equal versions the one with the newest commit, then the last by name. */
    private Version latest(List<Version> equal) throws IOException {
        List<Version> byName =
                equal.stream().sorted(Comparator.comparing(Version::tag)).toList();
        Version last = byName.get(byName.size() - 1);
        List<ObjectId> commits = byName.stream().map(Version::commit).distinct().toList();
        if (commits.size() == 1) {
            return last;
        }
        List<Long> seconds = times.of(commits);
        Comparator<Version> byTime = Comparator.comparing(version -> seconds.get(commits.indexOf(version.commit())));
        return byName.stream().max(byTime.thenComparing(Version::tag)).orElse(last);
    }

    private SourceException noMatch(String range, List<Version> versions) throws IOException {
        if (versions.isEmpty()) {
            requireContent(transfers.list(List.of(), deadline));
        }
        List<String> newest = versions.stream()
                .sorted(Comparator.comparing(Version::version).reversed())
                .map(Version::tag)
                .toList();
        String have = newest.isEmpty() ? "it has no tag that is a version" : "its highest are " + few(newest);
        return new SourceException(
                Reason.NO_MATCHING_VERSION,
                remote + " has no tag in the version range '" + range + "'; " + have + "; check the range");
    }

    private void requireContent(Collection<Ref> all) {
        if (all.stream().allMatch(ref -> ref.getObjectId() == null)) {
            throw new SourceException(Reason.EMPTY_REPOSITORY, remote + " is empty; push a first commit to it");
        }
    }

    private static ObjectId commitOf(Ref ref) {
        return ref.getPeeledObjectId() != null ? ref.getPeeledObjectId() : ref.getObjectId();
    }

    private static Revision revision(String name, ObjectId commit) {
        return new Revision(name, new Digest("sha1", commit.name()));
    }

    private static String few(List<String> names) {
        if (names.isEmpty()) {
            return "none of that kind";
        }
        String listed = names.stream().limit(NAMES_IN_MESSAGE).collect(Collectors.joining(", "));
        int more = names.size() - NAMES_IN_MESSAGE;
        return more > 0 ? listed + " and " + more + " more" : listed;
    }
}
