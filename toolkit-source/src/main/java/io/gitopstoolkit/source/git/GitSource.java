package io.gitopstoolkit.source.git;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Artifact;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Observer;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.api.Source;
import io.gitopstoolkit.source.Credentials;
import io.gitopstoolkit.source.IgnoreRules;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A Git repository as a source: {@link #resolve} lists references, {@link #fetch} makes a commit a read-only tree.
 *
 * <p>Addresses have the scheme {@code https}, {@code http} or {@code file}. A fetch transfers one commit without its
 * history into a bare cache, and of that only what the cache does not hold; a commit that is there transfers nothing.
 * No work tree is written, and neither the configuration of Git on this machine nor its credential helpers, hooks,
 * cookies or {@code .netrc} are used. The proxy is the Java platform's.
 *
 * <p>The artifact holds the files that {@link IgnoreRules} leave in, with links and the executable bit; submodules are
 * not there. Its digest covers their paths, kinds and content, so a commit that changes nothing else has the digest of
 * the one before. The digest of a file is its blob id, {@code gitblob-sha1:...}. The names are in memory and content is
 * read from the cache when asked for, so an artifact can be read until the source is closed, or, with a cache
 * directory of the caller, as long as that is there. Metadata: {@value #COMMIT_ID}, {@value #COMMIT_TIME} and
 * {@value #COMMIT_SUBJECT}.
 *
 * <p>Both operations block until the deadline at most, hear an interrupt, and are safe between threads.
 *
 * @see <a href="https://fluxcd.io/flux/components/source/gitrepositories/">Flux: GitRepository, whose defaults and
 *     revisions these are</a>
 */
public final class GitSource implements Source, AutoCloseable {
    /** The key of the commit's id in the metadata of an artifact. */
    public static final String COMMIT_ID = "git.commit.id";

    /** The key of the time of the commit, such as {@code 2026-11-23T13:00:00Z}, in the metadata of an artifact. */
    public static final String COMMIT_TIME = "git.commit.time";

    /** The key of the first paragraph of the commit's message, on one line, in the metadata of an artifact. */
    public static final String COMMIT_SUBJECT = "git.commit.subject";

    private static final Map<String, String> TAGS = Map.of("kind", "git");
    private static final Set<String> SCHEMES = Set.of("https", "http", "file");

    private final Remote remote;
    private final GitReference reference;
    private final Observer observer;
    private final Transfers transfers;
    private final Cache cache;
    private final Fetcher fetcher;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GitSource(Builder builder) {
        this.remote = new Remote(builder.uri, builder.credentials);
        this.reference = builder.reference;
        this.observer = builder.observer;
        this.transfers = new Transfers(remote, builder.limits);
        this.cache = Cache.open(builder.cacheDirectory, builder.uri, builder.limits);
        this.fetcher = new Fetcher(remote, transfers, cache, builder.ignoreRules, builder.limits);
    }

    /**
     * Begins a source of the repository at {@code uri}, which follows the branch {@code master} as in Flux, without
     * credentials.
     *
     * @param uri with the scheme {@code https}, {@code http} or {@code file}; without user-info, query and fragment
     * @throws SourceException if the address has another form
     */
    public static Builder builder(URI uri) {
        return new Builder(checked(requireNonNull(uri, "uri")));
    }

    /**
     * Asks the server for its references, and downloads nothing else; no request at all for a
     * {@link GitReference.Commit}. Where two tags of one version lead to different commits, these are fetched into the
     * cache too, for their times.
     *
     * @throws SourceException if the repository cannot be asked, or has no such reference
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over or the thread interrupted
     */
    @Override
    public Revision resolve(Deadline deadline) {
        return run("source.resolve", "resolve " + remote, deadline, () -> {
            ReferenceResolver.CommitTimes times = commits -> fetcher.commitTimes(commits, deadline);
            return new ReferenceResolver(remote, transfers, times, deadline).resolve(reference);
        });
    }

    /**
     * Fetches one commit.
     *
     * @param revision with the SHA-1 of a commit, as {@link #resolve} gives it; its name is taken over as it is
     * @throws SourceException if the commit cannot be fetched
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over or the thread interrupted
     * @throws IllegalArgumentException if the revision names no commit
     */
    @Override
    public Artifact fetch(Revision revision, Deadline deadline) {
        Digest digest = revision.digest();
        if (digest == null || !digest.algorithm().equals("sha1")) {
            throw new IllegalArgumentException("not the revision of a Git commit, which ends with sha1: " + revision);
        }
        var commit = ObjectId.fromString(digest.hex());
        String doing = "fetch " + revision + " from " + remote;
        return run("source.fetch", doing, deadline, () -> fetcher.fetch(revision, commit, deadline));
    }

    private <T> T run(String operation, String doing, Deadline deadline, Cache.Work<T> work) {
        if (closed.get()) {
            throw new IllegalStateException("the source is closed");
        }
        deadline.check(doing);
        return observer.observe(operation, TAGS, () -> {
            try {
                return work.run();
            } catch (IOException e) {
                throw Failures.of(e, doing, remote, deadline);
            }
        });
    }

    /** Removes the cache, unless its directory was given. Artifacts cannot be read any more then. Can be repeated. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            cache.close();
        }
    }

    /** The address and the reference; no credentials. */
    @Override
    public String toString() {
        return "GitSource[" + remote + ", " + reference + "]";
    }

    private static URI checked(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw invalid("the scheme '" + scheme + "' is not supported; use https, http or file");
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        if (authority.contains("@")) {
            throw invalid("the address of a Git repository holds no user name and password; give them as credentials");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid("the address of a Git repository has no query and no fragment");
        }
        if (scheme.equals("file")) {
            if (!authority.isEmpty() || uri.getPath() == null || !uri.getPath().startsWith("/")) {
                throw invalid("the address " + uri + " is no path of this machine, such as file:///srv/shop.git");
            }
        } else if (uri.getHost() == null) {
            throw invalid("the address " + uri + " names no host");
        }
        return uri;
    }

    private static SourceException invalid(String message) {
        return new SourceException(Reason.INVALID_URL, message);
    }

    /** Options of a source; the defaults are those of Flux. Not safe between threads. */
    public static final class Builder {
        private final URI uri;
        private GitReference reference = new GitReference.Branch("master");
        private @Nullable Credentials credentials;
        private IgnoreRules ignoreRules = IgnoreRules.DEFAULTS;
        private @Nullable Path cacheDirectory;
        private Observer observer = Observer.NONE;
        private Limits limits = Limits.DEFAULTS;

        private Builder(URI uri) {
            this.uri = uri;
        }

        /** What to follow. Default: the branch {@code master}. */
        public Builder reference(GitReference reference) {
            this.reference = requireNonNull(reference, "reference");
            return this;
        }

        /** Who asks. Default: nobody. Not sent where the scheme is {@code file}. */
        public Builder credentials(Credentials credentials) {
            this.credentials = requireNonNull(credentials, "credentials");
            return this;
        }

        /** Which files to leave out. Default: {@link IgnoreRules#DEFAULTS}. */
        public Builder ignoreRules(IgnoreRules rules) {
            this.ignoreRules = requireNonNull(rules, "rules");
            return this;
        }

        /**
         * Where to keep what was fetched, for the next run as well; created where it is not there. Any number of
         * sources, also of different repositories and processes, may share it at once, on a file system whose locks
         * work. It is the caller's: closing the source leaves it. Everybody who may use it can read all that is in it,
         * whatever credentials they have. After 64 fetches, and where files in it are damaged, a source starts over
         * and transfers the whole commit again. Default: a directory for temporary files, removed by {@link #close}.
         */
        public Builder cacheDirectory(Path directory) {
            this.cacheDirectory = requireNonNull(directory, "directory");
            return this;
        }

        /** Told of {@code source.resolve} and {@code source.fetch}, with the tag {@code kind=git}. Default: nobody. */
        public Builder observer(Observer observer) {
            this.observer = requireNonNull(observer, "observer");
            return this;
        }

        /**
         * How many bytes one fetch may transfer. Default 1 GiB.
         *
         * @throws IllegalArgumentException if {@code bytes} is not positive
         */
        public Builder maxPackBytes(long bytes) {
            limits = new Limits(positive(bytes), limits.objects(), limits.fileBytes(), limits.packs());
            return this;
        }

        /**
         * How many objects one fetch may transfer, and how many entries the tree of a commit may have. Default
         * 1,000,000.
         *
         * @throws IllegalArgumentException if {@code objects} is not positive
         */
        public Builder maxObjects(long objects) {
            limits = new Limits(limits.packBytes(), positive(objects), limits.fileBytes(), limits.packs());
            return this;
        }

        /**
         * How many bytes one file may have. Default 100 MiB.
         *
         * @throws IllegalArgumentException if {@code bytes} is not positive
         */
        public Builder maxFileBytes(long bytes) {
            limits = new Limits(limits.packBytes(), limits.objects(), positive(bytes), limits.packs());
            return this;
        }

        /** How many packs a cache may hold before it starts over. */
        Builder maxPacks(int packs) {
            limits = new Limits(limits.packBytes(), limits.objects(), limits.fileBytes(), packs);
            return this;
        }

        /**
         * The source.
         *
         * @throws SourceException if the cache directory cannot be created
         */
        public GitSource build() {
            return new GitSource(this);
        }

        private static long positive(long value) {
            if (value <= 0) {
                throw new IllegalArgumentException("a limit is positive, not " + value);
            }
            return value;
        }
    }
}
