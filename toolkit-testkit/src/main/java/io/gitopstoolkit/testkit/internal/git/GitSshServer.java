package io.gitopstoolkit.testkit.internal.git;

import io.gitopstoolkit.api.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;

/** The repositories of a server over SSH. Safe between threads. */
public final class GitSshServer implements AutoCloseable {
    private final SshServer server = ServerBuilder.builder().build();
    private final List<PublicKey> authorized = new CopyOnWriteArrayList<>();
    private final Map<String, Secret> passwords = new ConcurrentHashMap<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private volatile SshHostKeys hostKeys = SshHostKeys.generate();

    private GitSshServer(GitTraffic traffic) {
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider((KeyPairProvider) session -> hostKeys.pairs());
        server.setPublickeyAuthenticator((user, key, session) -> admits(user, key));
        server.setPasswordAuthenticator((user, password, session) -> admits(user, password));
        server.setCommandFactory((channel, line) -> new GitSshCommand(line, traffic));
        // Host keys may be restricted without a word on the keys of users.
        var userKeys = new UserAuthPublicKeyFactory(server.getSignatureFactories());
        server.setUserAuthFactories(List.of(userKeys, UserAuthPasswordFactory.INSTANCE));
    }

    /**
     * Starts a server on a free port.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static GitSshServer start(GitTraffic traffic) {
        try {
            var server = new GitSshServer(traffic);
            server.server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback interface", e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** Lines of a known_hosts file for this server. */
    public String knownHosts() {
        return hostKeys.knownHosts(port());
    }

    /** Shows other host keys from now on. */
    public void renewHostKeys() {
        hostKeys = SshHostKeys.generate();
    }

    /** Takes these public keys from now on, for any user name. */
    public void authorize(String lines) {
        try {
            for (AuthorizedKeyEntry entry : AuthorizedKeyEntry.readAuthorizedKeys(new StringReader(lines), true)) {
                authorized.add(entry.resolvePublicKey(null, null));
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("no lines of an authorized_keys file: " + e.getMessage(), e);
        }
    }

    /** Takes this password of this user from now on. */
    public void authorize(String user, Secret password) {
        passwords.put(user, password);
    }

    /** Offers these algorithms of host keys alone, in this order. */
    public void offerHostKeys(List<String> algorithms) {
        var chosen = BuiltinSignatures.parseSignatureList(algorithms);
        requireKnown(algorithms, chosen.getUnsupportedFactories());
        server.setSignatureFactories(List.copyOf(chosen.getParsedFactories()));
    }

    /** Offers these key exchanges alone, in this order. */
    public void offerKeyExchanges(List<String> algorithms) {
        var chosen = BuiltinDHFactories.parseDHFactoriesList(algorithms);
        requireKnown(algorithms, chosen.getUnsupportedFactories());
        server.setKeyExchangeFactories(
                NamedFactory.setUpTransformedFactories(false, chosen.getParsedFactories(), ServerBuilder.DH2KEX));
    }

    /** Who asked to be let in, how, and whether that was granted. */
    public List<String> logins() {
        return List.copyOf(logins);
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the server's socket", e);
        }
    }

    private boolean admits(String user, PublicKey key) {
        boolean known = KeyUtils.findMatchingKey(key, authorized) != null;
        logins.add(user + " publickey " + KeyUtils.getFingerPrint(key) + (known ? " accepted" : " refused"));
        return known;
    }

    private boolean admits(String user, String password) {
        Secret required = passwords.get(user);
        boolean known = required != null && required.equals(Secret.of(password));
        logins.add(user + " password " + (known ? "accepted" : "refused"));
        return known;
    }

    private static void requireKnown(List<String> algorithms, List<String> unknown) {
        if (algorithms.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("not algorithms of this server: " + unknown + " of " + algorithms);
        }
    }
}
