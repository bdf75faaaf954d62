package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** Speaks to one remote repository. Safe between threads; each call opens connections of its own. */
final class Transfers {
    /** What Git calls infinite: all of the history, also where an earlier fetch has cut it off. */
    static final int WHOLE_HISTORY = Integer.MAX_VALUE;

    /** A host that takes no connection in this time will not take one later; the deadline wins when it is nearer. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

    private final Remote remote;
    private final Limits limits;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .version(Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final Repository nothing = new InMemoryRepository(new DfsRepositoryDescription("nothing"));

    Transfers(Remote remote, Limits limits) {
        this.remote = remote;
        this.limits = limits;
    }

    /** The references that match one of {@code names}, all for none; a name ends with a star to match what it begins. */
    Collection<Ref> list(List<String> names, Deadline deadline) throws IOException {
        return connected(nothing, Limits.REFERENCE_BYTES, deadline, transport -> {
            try (FetchConnection connection = transport.openFetch(specs(names))) {
                return List.copyOf(connection.getRefs());
            }
        });
    }

    /** Fetches {@code wanted} and {@code depth} commits behind them into {@code into}. */
    void fetch(CacheRepository into, Collection<ObjectId> wanted, int depth, Deadline deadline) throws IOException {
        var refs = new ArrayList<Ref>();
        wanted.forEach(id -> refs.add(new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id)));
        long maxBytes = limits.packBytes() + Limits.REFERENCE_BYTES;
        connected(into, maxBytes, deadline, transport -> {
            transport.setDepth(depth);
            // With protocol 2 this name keeps the server from listing all its references, which nobody reads.
            try (FetchConnection connection = transport.openFetch(specs(List.of("HEAD")))) {
                connection.fetch(new Monitor(deadline), refs, Set.of());
                return refs;
            }
        });
    }

    private interface Use<T> {
        T of(Transport transport) throws IOException;
    }

    private <T> T connected(Repository local, long maxBytes, Deadline deadline, Use<T> use) throws IOException {
        var address = new URIish(remote.uri().toURL());
        if (remote.uri().getScheme().equalsIgnoreCase("file")) {
            try (var transport = new LocalTransport(local, address, deadline)) {
                return use.of(transport);
            }
        }
        try (var connections = new HttpConnections(remote, client, maxBytes, deadline);
                Transport transport = Transport.open(local, address)) {
            if (!(transport instanceof TransportHttp http)) {
                throw new IOException("JGit was set up to open http addresses with "
                        + transport.getClass().getName());
            }
            http.setHttpConnectionFactory(connections);
            http.setCredentialsProvider(null);
            return use.of(http);
        }
    }

    private static List<RefSpec> specs(List<String> names) {
        return names.stream()
                .map(name -> name.endsWith("*") ? new RefSpec(name + ":" + name) : new RefSpec(name))
                .toList();
    }

    /** Lets JGit notice between two objects that time is over or the thread interrupted. */
    private static final class Monitor extends EmptyProgressMonitor {
        private final Deadline deadline;

        Monitor(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public boolean isCancelled() {
            return Thread.currentThread().isInterrupted()
                    || deadline.remaining().isZero();
        }
    }
}
