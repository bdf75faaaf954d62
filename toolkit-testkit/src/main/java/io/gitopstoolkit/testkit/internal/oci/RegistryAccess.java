package io.gitopstoolkit.testkit.internal.oci;

import io.gitopstoolkit.api.Secret;
import io.gitopstoolkit.testkit.internal.web.WebRequest;
import java.util.Map;

/** Who may do what. Safe between threads. */
interface RegistryAccess {
    /** Everybody may do everything. */
    RegistryAccess OPEN = (request, scope) -> {};

    /**
     * Checks the credentials of a request.
     *
     * @param scope what they have to be good for, such as {@code repository:shop:pull}; empty for being known at all
     * @throws RegistryException with a challenge if they are not
     */
    void check(WebRequest request, String scope);

    /** Whether these credentials are also good for reading another repository. */
    default boolean mayPull(WebRequest request, String name) {
        try {
            check(request, "repository:" + name + ":pull");
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }

    /** One user, by the credentials in each request. */
    static RegistryAccess basic(Secret header) {
        return (request, scope) -> {
            if (!header.equals(Secret.of(request.header("Authorization")))) {
                throw new RegistryException(
                        RegistryError.UNAUTHORIZED, Map.of(), Map.of("Www-Authenticate", "Basic realm=\"registry\""));
            }
        };
    }
}
