package io.gitopstoolkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.git.GitExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack.RequestPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A Git server on the loopback address, for tests: smart HTTP in protocol versions 0 to 2, fetch and push, as any Git
 * client speaks it. Repositories are kept in memory, and nothing of the machine's Git configuration is read. Safe between
 * threads.
 */
public final class GitServer implements AutoCloseable {
    private final LoopbackServer server;
    private final Map<String, ServedRepository> repositories = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
    private final AtomicInteger packs = new AtomicInteger();
    private final Deque<PackFault> packFaults = new ConcurrentLinkedDeque<>();
    private volatile @Nullable Secret authorization;
    private volatile boolean advertisedOnly;

    /** What is done to a request instead of an answer. */
    private interface Fault {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** What is done to a request for a pack instead of an answer. */
    private interface PackFault {
        void answer(GitExchange exchange) throws IOException, InterruptedException;
    }

    private GitServer(@Nullable SSLContext context) {
        server = new LoopbackServer("git-server", context);
        server.start(this::handle);
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
     * The repository of that name, made anew where it is not there.
     *
     * @param name without {@code .git}, one part or several with {@code /} between them
     */
    public ServedRepository repository(String name) {
        return repositories.computeIfAbsent(requireNonNull(name, "name"), this::create);
    }

    /** From now on asks for this user name and password, and answers 401 without. */
    public void requireBasic(String username, Secret password) {
        String text = username + ':' + password.reveal();
        authorization = Secret.of("Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    /** From now on asks for this bearer token, and answers 401 without. */
    public void requireBearer(Secret token) {
        authorization = Secret.of("Bearer " + token.reveal());
    }

    /** From now on refuses to send commits by id that no ref points at, as many hosts do. */
    public void refuseUnadvertised() {
        advertisedOnly = true;
    }

    /** Answers the next request with this status, and a short page of text. */
    public void answerNext(int status) {
        faults.add(exchange -> GitExchange.answerText(exchange, status, "this is no Git repository"));
    }

    /** Sends the next request elsewhere: to the same path below {@code root}. */
    public void redirectNext(URI root) {
        faults.add(exchange -> {
            String path = exchange.getRequestURI().toString();
            exchange.getResponseHeaders().set("Location", root.resolve(path).toString());
            exchange.sendResponseHeaders(302, -1);
        });
    }

    /** Leaves the next request without an answer until the server is closed. */
    public void hangNext() {
        faults.add(exchange -> server.closed().await());
    }

    /** Leaves the next request for a pack without an answer until the server is closed. */
    public void hangNextPack() {
        packFaults.add(exchange -> server.closed().await());
    }

    /** Ends the connection after some bytes of the next pack. */
    public void truncateNextPack() {
        packFaults.add(GitExchange::truncate);
    }

    /** The requests so far, such as {@code GET /shop.git/info/refs?service=git-upload-pack}, in order of arrival. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many packs were asked for so far. */
    public int packsRequested() {
        return packs.get();
    }

    /** Ends the server and every request that hangs, and forgets the repositories. */
    @Override
    public void close() {
        server.close();
        repositories.values().forEach(served -> served.repository().close());
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

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI());
            Fault fault = faults.poll();
            if (fault != null) {
                fault.answer(exchange);
            } else if (!isAuthorized(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                GitExchange.answerText(exchange, 401, "unauthorized");
            } else {
                serve(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        int end = path.indexOf(".git/");
        ServedRepository served = end < 0 ? null : repositories.get(path.substring(1, end));
        if (served == null) {
            GitExchange.answerText(exchange, 404, "repository not found");
            return;
        }
        RequestPolicy policy = advertisedOnly ? RequestPolicy.ADVERTISED : RequestPolicy.ANY;
        var git = new GitExchange(exchange, served.repository(), policy);
        PackFault fault = null;
        if (git.wantsPack()) {
            packs.incrementAndGet();
            fault = packFaults.poll();
        }
        if (fault == null) {
            git.answer();
        } else {
            fault.answer(git);
        }
    }

    private boolean isAuthorized(HttpExchange exchange) {
        Secret required = authorization;
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return required == null || (given != null && required.equals(Secret.of(given)));
    }
}
