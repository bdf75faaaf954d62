package io.gitopstoolkit.source.git;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.DeadlineException;
import io.gitopstoolkit.source.SourceException;
import io.gitopstoolkit.source.SourceException.Reason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.jspecify.annotations.Nullable;

/** Turns what fails underneath into the one sentence that a user reads. */
final class Failures {
    private static final Pattern QUERY = Pattern.compile("(https?://)(?:[^/@\\s]*@)?([^\\s?#]*)[?#]\\S*");
    private static final int MAX_CAUSES = 20;

    private Failures() {}

    static SourceException tooLarge(String what) {
        return new SourceException(
                Reason.LIMIT_EXCEEDED, "the repository sends " + what + "; raise the limit of the source if it may");
    }

    /**
     * What to throw for {@code failure}.
     *
     * @param doing what was tried, such as {@code fetch https://example.org/shop.git}
     */
    static RuntimeException of(Throwable failure, String doing, Remote remote, Deadline deadline) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            if (cause instanceof DeadlineException || cause instanceof SourceException) {
                return (RuntimeException) cause;
            }
        }
        try {
            deadline.check(doing);
        } catch (DeadlineException e) {
            return e;
        }
        return causes.stream()
                .map(cause -> known(cause, doing, remote))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> unknown(causes, doing, failure));
    }

    private static Optional<SourceException> known(Throwable cause, String doing, Remote remote) {
        if (cause instanceof HttpStatusException status) {
            return Optional.of(status(status, doing, remote));
        }
        if (cause instanceof NotGitException notGit) {
            return failure(
                    Reason.GIT_OPERATION_FAILED,
                    doing,
                    "the server answers " + notGit.getMessage() + " where a Git server would not; check the address",
                    cause);
        }
        if (cause instanceof NoRemoteRepositoryException) {
            return failure(
                    Reason.REPOSITORY_NOT_FOUND, doing, "there is no such Git repository; check the address", cause);
        }
        if (cause instanceof TooLargeObjectInPackException || cause instanceof TooLargePackException) {
            return failure(
                    Reason.LIMIT_EXCEEDED,
                    doing,
                    "the repository holds a file that is too large; raise the limit of the source if it may",
                    cause);
        }
        return unreachable(cause, doing, remote);
    }

    private static Optional<SourceException> unreachable(Throwable cause, String doing, Remote remote) {
        String host = remote.uri().getHost();
        if (cause instanceof SSLException) {
            return failure(
                    Reason.SOURCE_UNAVAILABLE,
                    doing,
                    "no secure connection to " + host + ": " + text(cause) + "; check its certificate",
                    cause);
        }
        if (cause instanceof ConnectException
                || cause instanceof SocketException
                || cause instanceof UnknownHostException
                || cause instanceof HttpTimeoutException) {
            return failure(
                    Reason.SOURCE_UNAVAILABLE,
                    doing,
                    "the host " + host + " cannot be reached; check its name and the network",
                    cause);
        }
        return Optional.empty();
    }

    private static SourceException status(HttpStatusException failure, String doing, Remote remote) {
        int status = failure.status();
        if (status == 401 || status == 403) {
            String why = remote.credentials() == null
                    ? "asks for credentials; give some to the source"
                    : "refused the credentials; check that they are valid and may read the repository";
            return exception(
                    Reason.AUTHENTICATION_FAILED,
                    doing,
                    "the server " + why + " (HTTP status " + status + ")",
                    failure);
        }
        if (status == 404 || status == 410) {
            String hint = remote.credentials() == null ? ", or it needs credentials to be seen" : "";
            return exception(
                    Reason.REPOSITORY_NOT_FOUND,
                    doing,
                    "there is no such Git repository" + hint + "; check the address",
                    failure);
        }
        if (status >= 500 || status == 429) {
            String message = "could not " + doing + ": the server is in trouble (HTTP status " + status + ")";
            return new SourceException(
                    Reason.SOURCE_UNAVAILABLE, message + "; try again later", failure, retryAfter(failure));
        }
        return exception(Reason.GIT_OPERATION_FAILED, doing, "the server answers with HTTP status " + status, failure);
    }

    private static @Nullable Duration retryAfter(HttpStatusException failure) {
        String seconds = failure.retryAfter();
        boolean plain = seconds != null && seconds.matches("[0-9]{1,6}");
        return plain ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private static SourceException unknown(List<Throwable> causes, String doing, Throwable failure) {
        boolean cut = causes.stream().anyMatch(EOFException.class::isInstance);
        String why = cut ? "the answer of the server ends too early" : text(causes.get(causes.size() - 1));
        return exception(Reason.GIT_OPERATION_FAILED, doing, why, failure);
    }

    private static Optional<SourceException> failure(Reason reason, String doing, String why, Throwable cause) {
        return Optional.of(exception(reason, doing, why, cause));
    }

    private static SourceException exception(Reason reason, String doing, String why, Throwable cause) {
        return new SourceException(reason, "could not " + doing + ": " + why, cause);
    }

    /** The message of {@code failure} on one line, its addresses without user-info and query. */
    static String text(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return QUERY.matcher(message.strip().replaceAll("\\s+", " ")).replaceAll("$1$2");
    }

    /** The failure and its causes, the outermost first. */
    static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (Throwable next = failure; next != null && causes.size() < MAX_CAUSES; next = next.getCause()) {
            causes.add(next);
        }
        return causes;
    }
}
