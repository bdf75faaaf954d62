package io.gitopstoolkit.source.git;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.dfs.DfsInserter;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.DfsPackParser;
import org.eclipse.jgit.internal.storage.dfs.DfsReader;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;

/**
 * Packs in a directory. A pack is written under another name, then named, and counts once the state of the cache lists
 * it, so a reader in any process sees a whole pack or none. What is listed is never changed.
 */
final class CacheObjects extends DfsObjDatabase {
    private static final String UNFINISHED = "unfinished-";

    private final Path directory;
    private final Limits limits;
    private volatile Set<ObjectId> shallow = Set.of();

    CacheObjects(CacheRepository repository, Path directory, Limits limits, DfsReaderOptions options) {
        super(repository, options);
        this.directory = directory;
        this.limits = limits;
    }

    void forget() {
        clearCache();
    }

    @Override
    public Set<ObjectId> getShallowCommits() {
        return shallow;
    }

    /** Kept in memory until the fetch is done, when the cache writes them down together with its commits. */
    @Override
    public void setShallowCommits(Set<ObjectId> commits) {
        shallow = Set.copyOf(commits);
    }

    /** A reader that knows where history is cut off, which JGit's own does not. */
    @Override
    public DfsReader newReader() {
        return new DfsReader(this) {
            @Override
            public Set<ObjectId> getShallowCommits() {
                return shallow;
            }
        };
    }

    @Override
    public ObjectInserter newInserter() {
        return new DfsInserter(this) {
            @Override
            public DfsPackParser newPackParser(InputStream in) throws IOException {
                DfsPackParser parser = super.newPackParser(new PackLimit(in, limits));
                parser.setMaxObjectSizeLimit(limits.fileBytes());
                return parser;
            }
        };
    }

    @Override
    protected List<DfsPackDescription> listPacks() throws IOException {
        var packs = new ArrayList<DfsPackDescription>();
        for (CacheState.Pack pack : CacheState.read(directory).packs()) {
            packs.add(description(pack).setLastModified(packs.size()));
        }
        return packs;
    }

    private DfsPackDescription description(CacheState.Pack pack) throws IOException {
        var description = new DfsPackDescription(getRepository().getDescription(), pack.name(), PackSource.RECEIVE);
        description.addFileExt(PackExt.PACK);
        description.addFileExt(PackExt.INDEX);
        try {
            if (Files.size(path(description, PackExt.PACK)) == pack.packBytes()
                    && Files.size(path(description, PackExt.INDEX)) == pack.indexBytes()) {
                return description
                        .setFileSize(PackExt.PACK, pack.packBytes())
                        .setFileSize(PackExt.INDEX, pack.indexBytes());
            }
        } catch (NoSuchFileException e) {
            throw new DamagedCacheException("the cache has lost a pack", e);
        }
        throw new DamagedCacheException("the cache holds a part of a pack", null);
    }

    /** The packs that are named, also those that nobody knows of yet; under the lock. */
    List<CacheState.Pack> named() throws IOException {
        var packs = new ArrayList<CacheState.Pack>();
        try (DirectoryStream<Path> indexes = Files.newDirectoryStream(directory, "pack-*.idx")) {
            for (Path index : indexes) {
                packs.add(CacheState.Pack.of(index));
            }
        }
        packs.sort(Comparator.comparing(CacheState.Pack::name));
        return packs;
    }

    /** Removes the packs of a writer that died before it was done; under the lock. */
    void tidy(CacheState state) throws IOException {
        Set<String> known = state.packs().stream().map(CacheState.Pack::name).collect(Collectors.toSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*pack-*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!known.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    protected DfsPackDescription newPack(PackSource source) {
        String name = "pack-" + UUID.randomUUID();
        return new DfsPackDescription(getRepository().getDescription(), name, source);
    }

    @Override
    protected void commitPackImpl(
            Collection<DfsPackDescription> packs, @Nullable Collection<DfsPackDescription> replaces)
            throws IOException {
        for (DfsPackDescription pack : packs) {
            name(pack, PackExt.PACK);
            name(pack, PackExt.INDEX);
        }
    }

    private void name(DfsPackDescription pack, PackExt extension) throws IOException {
        Path unfinished = unfinished(pack, extension);
        if (Files.exists(unfinished)) {
            Files.move(unfinished, path(pack, extension), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    protected void rollbackPack(Collection<DfsPackDescription> packs) {
        for (DfsPackDescription pack : packs) {
            for (PackExt extension : PackExt.values()) {
                // What cannot be removed now is when the cache is next tidied.
                unfinished(pack, extension).toFile().delete();
            }
        }
    }

    @Override
    protected ReadableChannel openFile(DfsPackDescription pack, PackExt extension) throws IOException {
        Path path = path(pack, extension);
        try {
            return new Channel(FileChannel.open(path, StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            var missing = new FileNotFoundException(path.toString());
            missing.initCause(e);
            throw missing;
        }
    }

    @Override
    protected DfsOutputStream writeFile(DfsPackDescription pack, PackExt extension) throws IOException {
        return new Out(FileChannel.open(
                unfinished(pack, extension),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    }

    @Override
    public long getApproximateObjectCount() {
        return -1;
    }

    private Path path(DfsPackDescription pack, PackExt extension) {
        return directory.resolve(pack.getPackName() + '.' + extension.getExtension());
    }

    private Path unfinished(DfsPackDescription pack, PackExt extension) {
        return directory.resolve(UNFINISHED + pack.getPackName() + '.' + extension.getExtension());
    }

    private static final class Out extends DfsOutputStream {
        private final FileChannel channel;

        Out(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public int read(long position, ByteBuffer buffer) throws IOException {
            return channel.read(buffer, position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class Channel implements ReadableChannel {
        private final FileChannel channel;

        Channel(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            return channel.read(buffer);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public void position(long position) throws IOException {
            channel.position(position);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int blockSize() {
            return 0;
        }

        @Override
        public void setReadAheadBytes(int bytes) {
            // The operating system reads ahead.
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
