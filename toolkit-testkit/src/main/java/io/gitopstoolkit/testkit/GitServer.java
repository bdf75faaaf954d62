package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.git.GitRepositories;
import io.gitopstoolkit.testkit.internal.git.GitSite;
import io.gitopstoolkit.testkit.internal.git.GitSshServer;
import io.gitopstoolkit.testkit.internal.git.GitTraffic;
import io.gitopstoolkit.testkit.internal.web.SiteServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * A Git server on the loopback address, for tests: smart HTTP, and SSH on request, in protocol versions 0 and 2, fetch and
 * push, as any Git client speaks it. Repositories are kept in memory, and nothing of the machine's Git configuration is
 * read. Safe between threads.
 *
 * <p>Its operations, for {@link #faultNext} and {@link #requestCount(String)}, are {@code info/refs}, {@code ls-refs},
 * {@code fetch} (which asks for a pack, in whichever version of the protocol) and {@code push}; over SSH, whose method is
 * {@code SSH}, {@code upload-pack}, {@code fetch} and {@code push}.
 */
public final class GitServer implements FaultInjection, AutoCloseable {
    private final SiteServer server;
    private final Map<String, ServedRepository> repositories = new ConcurrentHashMap<>();
    private final GitRepositories served = new GitRepositories(this::find);
    private final GitSite site = new GitSite(served);
    private final ExecutorService threads = Executors.newCachedThreadPool(GitServer::thread);
    private @Nullable GitSshServer sshServer;

    private GitServer(@Nullable SSLContext context) {
        server = new SiteServer("git-server", context);
        server.start(site);
    }

    /**
     * Starts a server on a free port.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static GitServer start() {
        return new GitServer(null);
    }

    /**
     * Starts a server on a free port that speaks TLS with the key of {@code context}.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static GitServer start(SSLContext context) {
        return new GitServer(requireNonNull(context, "context"));
    }

    /** The root of the server, such as {@code http://127.0.0.1:40123/}. */
    public URI uri() {
        return server.uri();
    }

    /**
     * The way in over SSH, opened by the first call and closed with the server.
     *
     * @throws UncheckedIOException if no port can be had
     * @throws IllegalStateException if {@code org.apache.sshd:sshd-core} is not on the class path
     */
    public synchronized SshEndpoint ssh() {
        try {
            if (sshServer == null) {
                var traffic = new GitTraffic(served, server.faults(), server.requests(), server.closed(), threads);
                sshServer = GitSshServer.start(traffic);
            }
            return new SshEndpoint(sshServer);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("Git over SSH needs org.apache.sshd:sshd-core on the class path", e);
        }
    }

    /**
     * The repository of that name, made anew where it is not there.
     *
     * @param name without {@code .git}, one part or several with {@code /} between them
     */
    public ServedRepository repository(String name) {
        return repositories.computeIfAbsent(requireNonNull(name, "name"), this::create);
    }

    /** From now on asks for this user name and password over HTTP, and answers 401 without. */
    public void requireBasic(String username, Secret password) {
        String text = username + ':' + password.reveal();
        site.require(Secret.of("Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8))));
    }

    /** From now on asks for this bearer token over HTTP, and answers 401 without. */
    public void requireBearer(Secret token) {
        site.require(Secret.of("Bearer " + token.reveal()));
    }

    /**
     * From now on ends TLS handshakes of clients without a certificate that the server's context trusts.
     *
     * @throws IllegalStateException if the server does not speak TLS
     */
    public void requireClientCertificate() {
        server.requireClientCertificate();
    }

    /** From now on refuses to send commits by id that no ref points at, as many hosts do. */
    public void refuseUnadvertised() {
        served.refuseUnadvertised();
    }

    @Override
    public void faultNext(int times, String method, String path, Fault fault) {
        server.faults().add(times, method, path, fault.effect());
    }

    @Override
    public void clearFaults() {
        server.faults().clear();
    }

    /** Answers the next request with this status, and a short page of text. */
    public void answerNext(int status) {
        faultNext(1, "*", "/", Fault.status(status));
    }

    /** Sends the next request elsewhere: to the same path below {@code root}. */
    public void redirectNext(URI root) {
        faultNext(1, "*", "/", Fault.redirect(root));
    }

    /** Leaves the next request without an answer until the server is closed. */
    public void hangNext() {
        faultNext(1, "*", "/", Fault.hang());
    }

    /** Leaves the next request for a pack without an answer until the server is closed. */
    public void hangNextPack() {
        faultNext(1, GitSite.FETCH, "/", Fault.hang());
    }

    /** Ends the connection after some bytes of the next pack. */
    public void truncateNextPack() {
        faultNext(1, GitSite.FETCH, "/", Fault.truncate());
    }

    /**
     * The latest 10,000 requests, such as {@code GET /shop.git/info/refs?service=git-upload-pack} or
     * {@code SSH /shop.git/git-upload-pack}, in order of arrival.
     */
    public List<String> requests() {
        return server.requests().lines();
    }

    /** How many requests arrived since the start, or since {@link #forgetRequests}. */
    public long requestCount() {
        return server.requests().count();
    }

    /** How many requests for an operation arrived since the start, or since {@link #forgetRequests}. */
    public long requestCount(String operation) {
        return server.requests().count(operation);
    }

    /** Empties the record of requests. */
    public void forgetRequests() {
        server.requests().clear();
    }

    /** How many packs were asked for since the start, or since {@link #forgetRequests}. */
    public int packsRequested() {
        return (int) requestCount(GitSite.FETCH);
    }

    /** Ends the server and every request that hangs, and forgets the repositories. */
    @Override
    public synchronized void close() {
        server.close();
        if (sshServer != null) {
            sshServer.close();
        }
        threads.shutdownNow();
        repositories.values().forEach(repository -> repository.repository().close());
    }

    private @Nullable Repository find(String name) {
        ServedRepository repository = repositories.get(name);
        return repository == null ? null : repository.repository();
    }

    /** In memory, so that nothing of the machine's Git configuration is read. */
    private ServedRepository create(String name) {
        try {
            Repository repository = new InMemoryRepository(new DfsRepositoryDescription(name));
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + ServedRepository.DEFAULT_BRANCH);
            return new ServedRepository(repository, uri().resolve('/' + name + ".git"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "git-server-ssh");
        thread.setDaemon(true);
        return thread;
    }
}
