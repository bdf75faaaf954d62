package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.git.GitSshServer;
import java.net.URI;
import java.util.List;

/**
 * The repositories of a {@link GitServer} over SSH, on a port of its own: fetch and push, protocol versions 0 and 2. Its
 * host keys, one each of ed25519, ecdsa and rsa, are made for it alone. Nobody is let in before {@link #authorize}.
 *
 * <p>It stands on {@code org.apache.sshd:sshd-core}, which the user of the testkit adds; ed25519 keys need
 * {@code org.bouncycastle:bcprov-jdk18on} as well, and are neither shown nor taken without. Safe between threads.
 */
public final class SshEndpoint {
    private final GitSshServer server;

    SshEndpoint(GitSshServer server) {
        this.server = server;
    }

    /** The root of the server, such as {@code ssh://git@127.0.0.1:40123/}. Any user name is as good. */
    public URI uri() {
        return URI.create("ssh://git@127.0.0.1:" + server.port() + "/");
    }

    /** The address of a repository of the same server, such as {@code ssh://git@127.0.0.1:40123/shop.git}. */
    public URI uri(ServedRepository repository) {
        return uri().resolve(repository.uri().getRawPath());
    }

    /** The lines of a {@code known_hosts} file for this endpoint, one for each host key. */
    public String knownHosts() {
        return server.knownHosts();
    }

    /** Shows other host keys from now on, so that what {@link #knownHosts} said before is wrong. */
    public void renewHostKeys() {
        server.renewHostKeys();
    }

    /**
     * Lets in who has the private key of one of these, in addition to those before.
     *
     * @param authorizedKeys lines of an {@code authorized_keys} file, such as {@code ssh-ed25519 AAAA... comment}
     * @throws IllegalArgumentException if a line is none
     */
    public void authorize(String authorizedKeys) {
        server.authorize(requireNonNull(authorizedKeys, "authorizedKeys"));
    }

    /** Lets in who has this user name and password, in addition to those before. */
    public void authorize(String username, Secret password) {
        server.authorize(requireNonNull(username, "username"), requireNonNull(password, "password"));
    }

    /**
     * Offers these algorithms of host keys alone, to connections from now on.
     *
     * @param algorithms such as {@code ssh-ed25519}, {@code ecdsa-sha2-nistp256}, {@code rsa-sha2-512}; the most wanted first
     * @throws IllegalArgumentException if there is none, or one that the server does not know
     */
    public void offerHostKeys(String... algorithms) {
        server.offerHostKeys(List.of(algorithms));
    }

    /**
     * Offers these key exchanges alone, to connections from now on.
     *
     * @param algorithms such as {@code curve25519-sha256}, {@code ecdh-sha2-nistp256}; the most wanted first
     * @throws IllegalArgumentException if there is none, or one that the server does not know
     */
    public void offerKeyExchanges(String... algorithms) {
        server.offerKeyExchanges(List.of(algorithms));
    }

    /**
     * Who asked to be let in, in order: user name, {@code publickey} with the key's fingerprint or {@code password}, and
     * {@code accepted} or {@code refused}. Clients ask twice with a key that is accepted: whether it would be, and then
     * with a signature.
     */
    public List<String> logins() {
        return server.logins();
    }
}
