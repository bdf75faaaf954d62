package io.gitopstoolkit.testkit;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.testkit.internal.access.Caller;
import io.gitopstoolkit.testkit.internal.server.ApiServer;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who may do what in an {@link EmbeddedKubernetes}: rules of a test, of which the latest that fits decides. Where none fits,
 * everything is allowed, or, with {@link EmbeddedKubernetes.Builder#rbac}, what the stored roles allow. Who may not is
 * answered 403 with the real server's words, and reviews such as SelfSubjectAccessReview say the same. Safe between threads.
 *
 * <p>Acting as somebody else is a request of its own: a rule that denies {@code impersonate} of {@code users} ends it.
 */
public final class ApiAccess {
    private final ApiServer server;

    ApiAccess(ApiServer server) {
        this.server = server;
    }

    /** Denies the requests, such as those of a {@link RequestPattern}. In a review, method and path are those of the review. */
    public void deny(Predicate<RecordedRequest> requests) {
        server.authorizer().add(RecordedRequest.test(requireNonNull(requests, "requests")), false);
    }

    /** Allows the requests, whatever earlier rules and roles say. */
    public void allow(Predicate<RecordedRequest> requests) {
        server.authorizer().add(RecordedRequest.test(requireNonNull(requests, "requests")), true);
    }

    /** Forgets the rules. */
    public void forget() {
        server.authorizer().clear();
    }

    /**
     * Takes a bearer token for a user from now on. Any other token is answered 401.
     *
     * @param groups beside {@code system:authenticated}
     */
    public void acceptToken(String token, String user, String... groups) {
        server.authentication()
                .accept(
                        requireNonNull(token, "token"),
                        Caller.authenticated(requireNonNull(user, "user"), List.of(groups)));
    }
}
