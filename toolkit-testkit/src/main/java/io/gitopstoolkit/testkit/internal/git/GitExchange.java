package io.gitopstoolkit.testkit.internal.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPack.RequestPolicy;

/**
 * One request of Git's smart HTTP protocol, and its answer.
 *
 * @see <a href="https://git-scm.com/docs/gitprotocol-http">gitprotocol-http</a>
 */
public final class GitExchange {
    private static final String FETCH = "git-upload-pack";
    private static final String PUSH = "git-receive-pack";

    private final HttpExchange exchange;
    private final Repository repository;
    private final RequestPolicy policy;
    private final String path;
    private final String query;
    private final byte[] body;

    /**
     * Reads the request.
     *
     * @param policy which commits may be asked for by id
     */
    public GitExchange(HttpExchange exchange, Repository repository, RequestPolicy policy) throws IOException {
        this.exchange = exchange;
        this.repository = repository;
        this.policy = policy;
        this.path = exchange.getRequestURI().getPath();
        String given = exchange.getRequestURI().getQuery();
        this.query = given == null ? "" : given;
        this.body = readBody();
    }

    /** Whether this asks for objects, in whichever version of the protocol. */
    public boolean wantsPack() {
        return path.endsWith('/' + FETCH) && new String(body, ISO_8859_1).contains("want ");
    }

    /** Answers as a Git server does; 404 where the request is none of Git's. */
    public void answer() throws IOException {
        send(false);
    }

    /** Begins the answer, and ends the connection halfway. */
    public void truncate() throws IOException {
        send(true);
    }

    /** Answers with a line of text. */
    public static void answerText(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = (text + '\n').getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void send(boolean halfway) throws IOException {
        var answer = new ByteArrayOutputStream();
        String type = write(answer);
        if (type.isEmpty()) {
            answerText(exchange, 404, "not found");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-" + type);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, answer.size());
        exchange.getResponseBody().write(answer.toByteArray(), 0, halfway ? answer.size() / 2 : answer.size());
        if (halfway) {
            exchange.getResponseBody().flush();
        }
    }

    /** Writes the body of the answer, and returns its type; empty where there is no such service. */
    private String write(ByteArrayOutputStream answer) throws IOException {
        if (path.endsWith("/info/refs") && query.equals("service=" + FETCH)) {
            uploadPack().sendAdvertisedRefs(new PacketLineOutRefAdvertiser(new PacketLineOut(answer)), FETCH);
            return FETCH + "-advertisement";
        }
        if (path.endsWith("/info/refs") && query.equals("service=" + PUSH)) {
            var lines = new PacketLineOut(answer);
            lines.writeString("# service=" + PUSH + '\n');
            lines.end();
            receivePack().sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            return PUSH + "-advertisement";
        }
        if (path.endsWith('/' + FETCH)) {
            uploadPack().upload(new ByteArrayInputStream(body), answer, null);
            return FETCH + "-result";
        }
        if (path.endsWith('/' + PUSH)) {
            receivePack().receive(new ByteArrayInputStream(body), answer, null);
            return PUSH + "-result";
        }
        return "";
    }

    private UploadPack uploadPack() {
        var service = new UploadPack(repository);
        service.setBiDirectionalPipe(false);
        service.setRequestPolicy(policy);
        String version = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (version != null) {
            service.setExtraParameters(List.of(version.split(":", -1)));
        }
        return service;
    }

    private ReceivePack receivePack() {
        var service = new ReceivePack(repository);
        service.setBiDirectionalPipe(false);
        return service;
    }

    private byte[] readBody() throws IOException {
        InputStream in = exchange.getRequestBody();
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return zipped ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
    }
}
