package io.gitopstoolkit.source.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.DfsRefDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsRepository;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryBuilder;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Ref.Storage;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.util.RefList;
import org.jspecify.annotations.Nullable;

/**
 * The bare repository of one generation of a cache: packs in one directory, and no refs but the commits that are whole.
 *
 * <p>It stands on JGit's storage interface for distributed file systems, because JGit's file repository reads the
 * configuration of the machine's user, and this one must not (docs/decisions/0006).
 */
final class CacheRepository extends DfsRepository {
    private final CacheObjects objects;
    private final Tips refs;
    private volatile List<ObjectId> tips = List.of();

    private CacheRepository(Builder builder) {
        super(builder);
        this.objects = new CacheObjects(this, builder.directory, builder.limits, builder.options);
        this.refs = new Tips(this);
    }

    static CacheRepository open(Path directory, Limits limits) {
        return new Builder(directory, limits).build();
    }

    /** Sets what this says to have, and where its history is cut off, for the next fetch. */
    void has(List<ObjectId> commits, Set<ObjectId> shallow) {
        tips = List.copyOf(commits);
        objects.setShallowCommits(shallow);
        scanForChanges();
    }

    /** Looks for packs that came since. */
    void scanForChanges() {
        refs.refresh();
        objects.forget();
    }

    @Override
    public CacheObjects getObjectDatabase() {
        return objects;
    }

    @Override
    public RefDatabase getRefDatabase() {
        return refs;
    }

    /** The commits that are whole, under names that nobody sees. */
    private static final class Tips extends DfsRefDatabase {
        private final CacheRepository repository;

        Tips(CacheRepository repository) {
            super(repository);
            this.repository = repository;
        }

        @Override
        protected RefCache scanAllRefs() {
            var all = new RefList.Builder<Ref>();
            for (ObjectId tip : repository.tips) {
                all.add(new ObjectIdRef.PeeledNonTag(Storage.PACKED, "refs/tips/" + tip.name(), tip));
            }
            all.sort();
            return new RefCache(all.toRefList(), RefList.emptyList());
        }

        @Override
        public ReflogReader getReflogReader(Ref ref) {
            throw new UnsupportedOperationException("a cache keeps no reflog");
        }

        @Override
        protected boolean compareAndPut(@Nullable Ref oldRef, Ref newRef) {
            return false;
        }

        @Override
        protected boolean compareAndRemove(Ref oldRef) {
            return false;
        }
    }

    private static final class Builder extends DfsRepositoryBuilder<Builder, CacheRepository> {
        private final Path directory;
        private final Limits limits;
        private final DfsReaderOptions options = new DfsReaderOptions();

        Builder(Path directory, Limits limits) {
            this.directory = directory;
            this.limits = limits;
            // Not the path alone: JGit keeps blocks of packs by this name, also of a directory that is made anew.
            setRepositoryDescription(new DfsRepositoryDescription(directory + " " + UUID.randomUUID()));
        }

        @Override
        public CacheRepository build() {
            return new CacheRepository(this);
        }
    }
}
