package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.oci.Manifest;
import io.gitopstoolkit.testkit.internal.oci.RegistrySite;
import io.gitopstoolkit.testkit.internal.oci.RegistryStore;
import io.gitopstoolkit.testkit.internal.web.SiteServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An OCI registry on the loopback address, for tests: pull, push at once and in chunks, mounts, tags and catalog by pages,
 * referrers, ranges, deletion, and access by password or token, as the distribution specification 1.1 has it, with the
 * words of Docker's registry. Content is kept in memory and its digests are checked. Safe between threads.
 *
 * <pre>{@code
 * try (var registry = OciRegistry.start()) {
 *     registry.artifact("team/shop").layer("application/vnd.cncf.flux.content.v1.tar+gzip", bytes).push("v1");
 * }
 * }</pre>
 *
 * <p>Its operations, for {@link #faultNext} and {@link #requestCount(String)}, are {@code GetVersion}, {@code GetToken},
 * {@code GetCatalog}, {@code GetTags}, {@code GetReferrers}, {@code GetManifest}, {@code HeadManifest},
 * {@code PutManifest}, {@code DeleteManifest}, {@code GetBlob}, {@code HeadBlob}, {@code DeleteBlob}, {@code PostUpload},
 * {@code PatchUpload}, {@code PutUpload}, {@code GetUpload} and {@code DeleteUpload}.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md">OCI distribution specification</a>
 */
public final class OciRegistry implements FaultInjection, AutoCloseable {
    private final SiteServer server;
    private final RegistryStore store = new RegistryStore();
    private final RegistrySite site = new RegistrySite(store);

    private OciRegistry(@Nullable SSLContext context) {
        server = new SiteServer("oci-registry", context);
        server.start(site);
    }

    /**
     * Starts a registry on a free port.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static OciRegistry start() {
        return new OciRegistry(null);
    }

    /**
     * Starts a registry on a free port that speaks TLS with the key of {@code context}.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static OciRegistry start(SSLContext context) {
        return new OciRegistry(requireNonNull(context, "context"));
    }

    /** The root of the registry, such as {@code http://127.0.0.1:40123/}. */
    public URI uri() {
        return server.uri();
    }

    /** What the names of its artifacts begin with, such as {@code 127.0.0.1:40123}. */
    public String host() {
        return server.uri().getAuthority();
    }

    /** Begins an artifact or image. */
    public OciArtifact artifact(String repository) {
        return new OciArtifact(this, requireNonNull(repository, "repository"));
    }

    /** Begins an index: several manifests of the same repository under one name. */
    public OciIndex index(String repository) {
        return new OciIndex(this, requireNonNull(repository, "repository"));
    }

    /** Keeps a blob. */
    public Digest putBlob(String repository, byte[] bytes) {
        return store.putBlob(repository, bytes.clone());
    }

    /**
     * Keeps a manifest, and does not ask whether what it names is there.
     *
     * @param reference a tag, or the manifest's digest
     * @throws IllegalArgumentException if it is no JSON object, or one of another media type
     */
    public Digest putManifest(String repository, String reference, String mediaType, byte[] bytes) {
        return store.putManifest(repository, reference, mediaType, bytes.clone());
    }

    /** The digest of the manifest that a tag names. */
    public Optional<Digest> digest(String repository, String tag) {
        return manifest(repository, tag).map(Digest::sha256);
    }

    /** The bytes of a manifest, by tag or digest. */
    public Optional<byte[]> manifest(String repository, String reference) {
        return Optional.ofNullable(store.manifestBytes(repository, reference)).map(byte[]::clone);
    }

    /** The bytes of a blob. */
    public Optional<byte[]> blob(String repository, Digest digest) {
        return Optional.ofNullable(store.blob(repository, digest.toString())).map(byte[]::clone);
    }

    /** The tags of a repository in alphabetical order; none where there is no such repository. */
    public List<String> tags(String repository) {
        List<String> tags = store.tags(repository);
        return tags == null ? List.of() : tags;
    }

    /**
     * Removes a tag, or a manifest and its tags.
     *
     * @param reference a tag or a digest
     * @return whether it was there
     */
    public boolean remove(String repository, String reference) {
        return store.deleteManifest(repository, reference);
    }

    /** From now on asks for this user name and password, and answers 401 without. */
    public void requireBasic(String username, Secret password) {
        site.requireBasic(username, password);
    }

    /**
     * From now on asks for a bearer token, which {@code /token} gives out against this user name and password, by GET and by
     * POST; each is good for the scopes it was asked for.
     *
     * @param life how long a token is good; it is told in whole seconds
     */
    public void requireToken(String username, Secret password, Duration life) {
        site.requireTokens(uri(), Secret.of(RegistrySite.basic(username, password.reveal())), life, false);
    }

    /**
     * From now on asks for a bearer token as {@link #requireToken}, and gives everybody one that is good for pulling.
     *
     * @param life how long a token is good; it is told in whole seconds
     */
    public void requireTokenToPush(String username, Secret password, Duration life) {
        site.requireTokens(uri(), Secret.of(RegistrySite.basic(username, password.reveal())), life, true);
    }

    /** Ends the life of all tokens that were given out. */
    public void expireTokens() {
        site.expireTokens();
    }

    /**
     * From now on ends TLS handshakes of clients without a certificate that the registry's context trusts.
     *
     * @throws IllegalStateException if the registry does not speak TLS
     */
    public void requireClientCertificate() {
        server.requireClientCertificate();
    }

    /** From now on has no referrers API, as registries of before 1.1, so that clients fall back to tags. */
    public void forgetReferrers() {
        site.forgetReferrers();
    }

    @Override
    public void faultNext(int times, String method, String path, Fault fault) {
        server.faults().add(times, method, path, fault.effect());
    }

    @Override
    public void clearFaults() {
        server.faults().clear();
    }

    /** The latest 10,000 requests, such as {@code GET /v2/shop/manifests/v1}, in order of arrival and without credentials. */
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

    /** Ends the registry and every request that hangs. */
    @Override
    public void close() {
        server.close();
    }

    Digest put(String repository, String reference, boolean isIndex, byte[] bytes) {
        return store.putManifest(repository, reference, isIndex ? Manifest.INDEX : Manifest.IMAGE, bytes);
    }
}
