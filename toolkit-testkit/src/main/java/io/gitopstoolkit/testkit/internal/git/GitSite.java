package io.gitopstoolkit.testkit.internal.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.web.Site;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/**
 * Git's smart HTTP protocol over the repositories of a server.
 *
 * @see <a href="https://git-scm.com/docs/gitprotocol-http">gitprotocol-http</a>
 */
public final class GitSite implements Site {
    /** The operation that asks for objects, in whichever version of the protocol. */
    public static final String FETCH = "fetch";

    /** The operation that sends objects. */
    public static final String PUSH = "push";

    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";

    private final GitRepositories repositories;
    private volatile @Nullable Secret authorization;

    /** Serves these repositories, to everybody. */
    public GitSite(GitRepositories repositories) {
        this.repositories = repositories;
    }

    /** From now on answers 401 to requests without this {@code Authorization}. */
    public void require(Secret header) {
        authorization = header;
    }

    @Override
    public Operation operation(WebRequest request) {
        String path = request.path();
        if (path.endsWith('/' + UPLOAD)) {
            return new Operation(content(request).contains("want ") ? FETCH : "ls-refs", path);
        }
        return new Operation(path.endsWith('/' + RECEIVE) ? PUSH : "info/refs", path);
    }

    @Override
    public WebAnswer failure(WebRequest request, int status) {
        return text(status, "this is no Git repository");
    }

    @Override
    public WebAnswer answer(WebRequest request) throws IOException {
        Secret required = authorization;
        if (required != null && !required.equals(Secret.of(request.header("Authorization")))) {
            return text(401, "unauthorized").with("WWW-Authenticate", "Basic realm=\"git\"");
        }
        Repository repository = repositories.at(request.path());
        if (repository == null) {
            return text(404, "repository not found");
        }
        var body = new ByteArrayOutputStream();
        String type = write(request, repository, body);
        if (type.isEmpty()) {
            return text(404, "not found");
        }
        return WebAnswer.of(200, "application/x-" + type, body.toByteArray()).with("Cache-Control", "no-cache");
    }

    private static WebAnswer text(int status, String text) {
        return WebAnswer.of(status, "text/plain; charset=utf-8", text + '\n');
    }

    /** Writes the body of the answer, and returns its type; empty where there is no such service. */
    private String write(WebRequest request, Repository repository, ByteArrayOutputStream out) throws IOException {
        String path = request.path();
        String version = request.header("Git-Protocol");
        if (path.endsWith("/info/refs") && request.rawQuery().equals("service=" + UPLOAD)) {
            upload(repository, version)
                    .sendAdvertisedRefs(new PacketLineOutRefAdvertiser(new PacketLineOut(out)), UPLOAD);
            return UPLOAD + "-advertisement";
        }
        if (path.endsWith("/info/refs") && request.rawQuery().equals("service=" + RECEIVE)) {
            var lines = new PacketLineOut(out);
            lines.writeString("# service=" + RECEIVE + '\n');
            lines.end();
            receive(repository).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            return RECEIVE + "-advertisement";
        }
        if (path.endsWith('/' + UPLOAD)) {
            upload(repository, version).upload(new ByteArrayInputStream(bytes(request)), out, null);
            return UPLOAD + "-result";
        }
        if (path.endsWith('/' + RECEIVE)) {
            receive(repository).receive(new ByteArrayInputStream(bytes(request)), out, null);
            return RECEIVE + "-result";
        }
        return "";
    }

    private UploadPack upload(Repository repository, String version) {
        UploadPack service = repositories.upload(repository, version);
        service.setBiDirectionalPipe(false);
        return service;
    }

    private ReceivePack receive(Repository repository) {
        ReceivePack service = repositories.receive(repository);
        service.setBiDirectionalPipe(false);
        return service;
    }

    private static String content(WebRequest request) {
        try {
            return new String(bytes(request), ISO_8859_1);
        } catch (IOException e) {
            return ""; // not what it claims to be: the answer will say so
        }
    }

    private static byte[] bytes(WebRequest request) throws IOException {
        boolean zipped = List.of("gzip", "x-gzip").contains(request.header("Content-Encoding"));
        return zipped ? new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes() : request.body();
    }
}
