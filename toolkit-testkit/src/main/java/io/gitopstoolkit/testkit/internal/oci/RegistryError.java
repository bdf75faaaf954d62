package io.gitopstoolkit.testkit.internal.oci;

/**
 * The errors of a registry, with the words of Docker's.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes">error codes</a>
 */
public enum RegistryError {
    /** A blob that is not in the repository. */
    BLOB_UNKNOWN(404, "blob unknown to registry"),
    /** An upload that cannot go on. */
    BLOB_UPLOAD_INVALID(404, "blob upload invalid"),
    /** An upload that never began or has ended. */
    BLOB_UPLOAD_UNKNOWN(404, "blob upload unknown to registry"),
    /** A digest that is none, or not that of the content. */
    DIGEST_INVALID(400, "provided digest did not match uploaded content"),
    /** A manifest that names a blob which is not in the repository. */
    MANIFEST_BLOB_UNKNOWN(400, "blob unknown to registry"),
    /** A manifest that is none. */
    MANIFEST_INVALID(400, "manifest invalid"),
    /** A manifest that is not in the repository. */
    MANIFEST_UNKNOWN(404, "manifest unknown"),
    /** A repository that is not there. */
    NAME_UNKNOWN(404, "repository name not known to registry"),
    /** A size of a page that is none. */
    PAGINATION_NUMBER_INVALID(400, "invalid number of results requested"),
    /** A chunk that does not follow the one before. */
    RANGE_INVALID(416, "invalid content range"),
    /** A body beyond the limit. */
    SIZE_INVALID(413, "provided length did not match content length"),
    /** A request without credentials, or with the wrong ones. */
    UNAUTHORIZED(401, "authentication required"),
    /** A request that these credentials are not good for. */
    DENIED(403, "requested access to the resource is denied"),
    /** A method that the registry does not have there. */
    UNSUPPORTED(405, "The operation is unsupported."),
    /** A client that asks too often. */
    TOOMANYREQUESTS(429, "too many requests"),
    /** A registry that cannot answer now. */
    UNAVAILABLE(503, "service unavailable"),
    /** A registry that failed. */
    UNKNOWN(500, "unknown error");

    private final int status;
    private final String message;

    RegistryError(int status, String message) {
        this.status = status;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }

    /** The error that fits a status best. */
    static RegistryError of(int status) {
        for (RegistryError error :
                new RegistryError[] {UNAUTHORIZED, DENIED, UNSUPPORTED, TOOMANYREQUESTS, UNAVAILABLE, RANGE_INVALID}) {
            if (error.status == status) {
                return error;
            }
        }
        return UNKNOWN;
    }
}
