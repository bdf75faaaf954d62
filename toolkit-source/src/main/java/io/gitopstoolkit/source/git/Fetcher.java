package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.FileTree;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.source.IgnoreRules;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import io.gitopstoolkit.source.git.Cache.Generation;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.CorruptPackIndexException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Brings commits into the cache and reads them from there. Safe between threads. */
final class Fetcher {
    private final Remote remote;
    private final Transfers transfers;
    private final Cache cache;
    private final IgnoreRules rules;
    private final Limits limits;

    /** The last artifact, for callers that fetch what they have. */
    private volatile @Nullable Fetched last;

    private record Fetched(ObjectId commit, Artifact artifact, Generation generation) {}

    Fetcher(Remote remote, Transfers transfers, Cache cache, IgnoreRules rules, Limits limits) {
        this.remote = remote;
        this.transfers = transfers;
        this.cache = cache;
        this.rules = rules;
        this.limits = limits;
    }

    Artifact fetch(Revision revision, ObjectId commit, Deadline deadline) throws IOException {
        deadline.check("fetch " + revision);
        Fetched before = last;
        if (before != null
                && before.commit().equals(commit)
                && !before.generation().isDamaged()) {
            return revised(before.artifact(), revision);
        }
        Fetched fetched = cached(cache.current(), commit, deadline);
        if (fetched == null) {
            fetched = cache.locked(deadline, () -> bring(commit, revision.name(), deadline));
        }
        last = fetched;
        return revised(fetched.artifact(), revision);
    }

    private static Artifact revised(Artifact artifact, Revision revision) {
        return new Artifact(revision, artifact.digest(), artifact.files(), artifact.metadata());
    }

    /** Seconds since 1970 at which these commits were made. */
    List<Long> commitTimes(List<ObjectId> commits, Deadline deadline) throws IOException {
        var seconds = new ArrayList<Long>();
        for (ObjectId commit : commits) {
            Fetched fetched = cached(cache.current(), commit, deadline);
            if (fetched == null) {
                fetched = cache.locked(deadline, () -> bring(commit, "", deadline));
            }
            try (var walk = new RevWalk(fetched.generation().repository())) {
                seconds.add((long) walk.parseCommit(commit).getCommitTime());
            }
        }
        return seconds;
    }

    /** The commit where it is in the cache, whole; null where it is not. */
    private @Nullable Fetched cached(@Nullable Generation generation, ObjectId commit, Deadline deadline) {
        if (generation == null) {
            return null;
        }
        try {
            if (generation.state().has(commit)) {
                return read(generation, commit, deadline);
            }
        } catch (IOException e) {
            generation.markDamaged();
        }
        return null;
    }

    /** Under the lock: the commit from the cache, where somebody else brought it meanwhile, or from the server. */
    private Fetched bring(ObjectId commit, String name, Deadline deadline) throws IOException {
        Fetched there = cached(cache.current(), commit, deadline);
        if (there != null) {
            return there;
        }
        Generation generation = cache.writable();
        CacheState state = generation.state();
        if (state.commits().isEmpty()) {
            return bringInto(generation, state, commit, name, deadline);
        }
        try {
            return bringInto(generation, state, commit, name, deadline);
        } catch (IOException e) {
            if (!isDamage(e) && isSound(generation, state, deadline)) {
                throw e;
            }
            Generation empty = cache.startOver();
            return bringInto(empty, empty.state(), commit, name, deadline);
        }
    }

    private Fetched bringInto(Generation generation, CacheState state, ObjectId commit, String name, Deadline deadline)
            throws IOException {
        CacheRepository repository = generation.repository();
        repository.getObjectDatabase().tidy(state);
        repository.has(state.tips(), state.shallow());
        try {
            transfers.fetch(repository, List.of(commit), 1, deadline);
        } catch (IOException e) {
            if (!isRefusal(e, commit, deadline)) {
                throw e;
            }
            bringHistory(repository, commit, name, deadline);
        }
        Fetched fetched = read(generation, commit, deadline);
        var shallow = new HashSet<>(state.shallow());
        shallow.addAll(repository.getObjectDatabase().getShallowCommits());
        state.with(repository.getObjectDatabase().named(), commit, shallow).write(generation.directory());
        return fetched;
    }

    /** For a server that gives no commit by its id: what its references lead to, with all of the history. */
    private void bringHistory(CacheRepository repository, ObjectId commit, String name, Deadline deadline)
            throws IOException {
        repository.has(List.of(), Set.of());
        Collection<Ref> refs = transfers.list(List.of(), deadline);
        List<ObjectId> named = refs.stream()
                .filter(ref -> List.of(name, Constants.R_HEADS + name, Constants.R_TAGS + name)
                        .contains(ref.getName()))
                .map(Ref::getObjectId)
                .toList();
        if (!named.isEmpty()) {
            transfers.fetch(repository, named, Transfers.WHOLE_HISTORY, deadline);
        }
        if (!repository.getObjectDatabase().has(commit)) {
            List<ObjectId> all = refs.stream()
                    .filter(ref -> ref.getName().startsWith(Constants.R_HEADS)
                            || ref.getName().startsWith(Constants.R_TAGS))
                    .map(Ref::getObjectId)
                    .distinct()
                    .toList();
            transfers.fetch(repository, all, Transfers.WHOLE_HISTORY, deadline);
        }
        if (!repository.getObjectDatabase().has(commit)) {
            throw new SourceException(
                    Reason.COMMIT_NOT_FOUND,
                    remote + " does not give the commit " + commit.name()
                            + "; check that it was pushed, and that a branch or tag leads to it");
        }
    }

    private Fetched read(Generation generation, ObjectId commit, Deadline deadline) throws IOException {
        try (ObjectReader reader = generation.repository().newObjectReader();
                var walk = new RevWalk(reader)) {
            RevCommit parsed = parse(walk, commit);
            var blobs = TreeScan.files(reader, parsed.getTree(), rules, limits, deadline);
            FileTree files = FileTree.of(new GitTree(generation, blobs, limits));
            var revision = Revision.parse("sha1:" + commit.name());
            var artifact = new Artifact(revision, files.contentDigest(), files, metadata(parsed));
            return new Fetched(commit, artifact, generation);
        }
    }

    private RevCommit parse(RevWalk walk, ObjectId commit) throws IOException {
        try {
            return walk.parseCommit(commit);
        } catch (IncorrectObjectTypeException e) {
            throw new SourceException(
                    Reason.COMMIT_NOT_FOUND, remote + " has " + commit.name() + ", but it is no commit", e);
        }
    }

    private static Map<String, String> metadata(RevCommit commit) {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(GitSource.COMMIT_ID, commit.name());
        metadata.put(
                GitSource.COMMIT_TIME,
                commit.getCommitterIdent().getWhenAsInstant().toString());
        metadata.put(GitSource.COMMIT_SUBJECT, commit.getShortMessage());
        return metadata;
    }

    /** Whether the server gives no commit by its id: it says so, or hangs up on one that no reference points at. */
    private boolean isRefusal(IOException failure, ObjectId commit, Deadline deadline) throws IOException {
        List<Throwable> causes = Failures.causes(failure);
        if (causes.stream().anyMatch(PackProtocolException.class::isInstance)
                || causes.stream().anyMatch(RemoteRepositoryException.class::isInstance)) {
            return true;
        }
        return causes.stream().anyMatch(EOFException.class::isInstance)
                && transfers.list(List.of(), deadline).stream()
                        .noneMatch(ref -> commit.equals(ref.getObjectId()) || commit.equals(ref.getPeeledObjectId()));
    }

    private static boolean isDamage(IOException failure) {
        return Failures.causes(failure).stream()
                .anyMatch(cause -> cause instanceof DamagedCacheException
                        || cause instanceof CorruptObjectException
                        || cause instanceof MissingObjectException
                        || cause instanceof CorruptPackIndexException
                        || cause instanceof FileNotFoundException);
    }

    private boolean isSound(Generation generation, CacheState state, Deadline deadline) {
        try {
            read(generation, state.commits().get(state.commits().size() - 1), deadline);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
