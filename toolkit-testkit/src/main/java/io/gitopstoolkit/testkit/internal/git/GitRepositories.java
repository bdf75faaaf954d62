package io.gitopstoolkit.testkit.internal.git;

import java.util.List;
import java.util.function.Function;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPack.RequestPolicy;
import org.jspecify.annotations.Nullable;

/** The repositories of a server, and how they are served. Safe between threads. */
public final class GitRepositories {
    private final Function<String, @Nullable Repository> byName;
    private volatile RequestPolicy policy = RequestPolicy.ANY;

    /** The repositories that {@code byName} finds; it returns null for others. */
    public GitRepositories(Function<String, @Nullable Repository> byName) {
        this.byName = byName;
    }

    /** From now on refuses commits by id that no ref points at. */
    public void refuseUnadvertised() {
        policy = RequestPolicy.ADVERTISED;
    }

    /** The repository that is addressed by a path such as {@code /shop.git/info/refs}; null where there is none. */
    @Nullable
    Repository at(String path) {
        int end = path.indexOf(".git/");
        return end < 1 ? null : byName.apply(path.substring(1, end));
    }

    /**
     * A service that sends objects, for one request.
     *
     * @param version what the client says of the protocol, such as {@code version=2}; empty if nothing
     */
    UploadPack upload(Repository repository, String version) {
        var service = new UploadPack(repository);
        service.setRequestPolicy(policy);
        if (!version.isEmpty()) {
            service.setExtraParameters(List.of(version.split(":", -1)));
        }
        return service;
    }

    /** A service that takes objects, for one request. */
    ReceivePack receive(Repository repository) {
        return new ReceivePack(repository);
    }
}
