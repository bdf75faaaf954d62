package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Fetches from a repository of this machine, by the protocol that a server would speak. */
final class LocalTransport extends Transport implements PackTransport {
    private final URIish address;
    private final Deadline deadline;

    LocalTransport(Repository local, URIish address, Deadline deadline) {
        super(local, address);
        this.address = address;
        this.deadline = deadline;
    }

    @Override
    public FetchConnection openFetch() throws NotSupportedException, TransportException {
        return openFetch(List.of());
    }

    @Override
    public FetchConnection openFetch(Collection<RefSpec> specs, String... patterns)
            throws NotSupportedException, TransportException {
        return new LocalConnection(this, openRemote(), specs, deadline);
    }

    private Repository openRemote() throws TransportException {
        File directory = FileKey.resolve(new File(address.getPath()), FS.DETECTED);
        if (directory == null) {
            throw new NoRemoteRepositoryException(address, "not a Git repository");
        }
        try {
            return new RemoteRepository(new RepositoryBuilder()
                    .setGitDir(directory)
                    .setMustExist(true)
                    .setup());
        } catch (IOException e) {
            throw new TransportException(address, "the repository cannot be opened", e);
        }
    }

    @Override
    public PushConnection openPush() throws NotSupportedException {
        throw new NotSupportedException("this transport only fetches");
    }

    @Override
    public void close() {
        // Each connection closes its own.
    }

    /** A repository that knows its own configuration, and not that of the machine or its user. */
    private static final class RemoteRepository extends FileRepository {
        private @Nullable FileBasedConfig config;

        RemoteRepository(RepositoryBuilder builder) throws IOException {
            super(builder);
        }

        /** Called by the constructor of the superclass too. */
        @Override
        public FileBasedConfig getConfig() {
            if (config == null) {
                config = new FileBasedConfig(null, new File(getDirectory(), "config"), getFS());
                try {
                    config.load();
                } catch (IOException | ConfigInvalidException e) {
                    throw new IllegalStateException("the configuration of the repository cannot be read", e);
                }
            }
            return config;
        }
    }
}
