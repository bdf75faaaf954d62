package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.ApiException.FieldCause;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in one sentence what an error of the API server means, and what to do. */
final class Failures {
    private static final int LONGEST = 500;
    private static final int LONGEST_FIELD = 200;
    private static final Pattern IMMUTABLE = Pattern.compile("is immutable|immutable field|may not change once set"
            + "|may not be changed in an update|may not change fields other than|cannot change roleRef"
            + "|updates to .* for fields other than .* are forbidden|updates to \\w+ are forbidden");
    private static final Pattern ADMISSION =
            Pattern.compile("admission webhook|ValidatingAdmissionPolicy|exceeded quota|violates PodSecurity");
    private static final Pattern WEBHOOK_CALL = Pattern.compile("failed calling webhook \"([^\"]*)\"");
    private static final Pattern TERMINATING =
            Pattern.compile("unable to create new content in namespace (\\S+) because it is being terminated");
    private static final Pattern TOO_LARGE = Pattern.compile("request is too large|entity too large|Request entity");
    private static final Pattern RBAC = Pattern.compile("User \".*\" cannot |cannot impersonate");
    private static final Pattern CONTENT =
            Pattern.compile("typed patch object|failed to convert new object|request is too large");
    private static final Pattern TYPED = Pattern.compile("failed to create typed patch object \\([^)]*\\): \\.?");
    private static final Pattern TYPED_FIELD = Pattern.compile("typed patch object \\([^)]*\\): \\.?([^:]+): ");
    private static final Pattern GO_VALUE = Pattern.compile("&value\\.valueUnstructured\\{Value:([^}]*)}");

    private Failures() {}

    /**
     * The failure of a request.
     *
     * @param subject the object, or what was asked, at the start of the sentence
     * @param sent the object that was sent, whose values the message must not show where it is a Secret; or null
     */
    static Failure of(ApiException e, String subject, @Nullable Manifest sent) {
        Reason why = reason(e);
        if (sent != null && Secrets.isSecret(sent.ref())) {
            // No cause: its message is the server's own, which may repeat the values.
            return new Failure(why, subject + ": " + withoutValues(e, why, sent), null, retryAfter(e));
        }
        return new Failure(why, subject + ": " + text(e, why), e, retryAfter(e));
    }

    private static @Nullable Duration retryAfter(ApiException e) {
        return e.retryAfter().orElse(null);
    }

    private static Reason reason(ApiException e) {
        String message = String.valueOf(e.getMessage());
        if ((e.status() < 500 && ADMISSION.matcher(message).find())
                || WEBHOOK_CALL.matcher(message).find()) {
            return Reason.DENIED;
        }
        return switch (e.status()) {
            case ApiException.NO_ANSWER -> Reason.UNREACHABLE;
            case 401 -> Reason.UNAUTHENTICATED;
            case 403 -> RBAC.matcher(message).find() ? Reason.FORBIDDEN : Reason.DENIED;
            case 404 -> e.aboutKind().equals("namespaces") ? Reason.NAMESPACE_NOT_FOUND : Reason.UNKNOWN_KIND;
            case 409 -> Reason.CONFLICT;
            case 400, 413, 415, 422 -> isImmutable(e, message) ? Reason.IMMUTABLE_FIELD : Reason.INVALID_OBJECT;
            case 429, 503, 504 -> Reason.OVERLOADED;
            default -> CONTENT.matcher(message).find() ? Reason.INVALID_OBJECT : Reason.SERVER_ERROR;
        };
    }

    private static boolean isImmutable(ApiException e, String message) {
        return e.fields().isEmpty()
                ? IMMUTABLE.matcher(message).find()
                : e.fields().stream()
                        .allMatch(cause -> IMMUTABLE.matcher(cause.message()).find());
    }

    private static String text(ApiException e, Reason why) {
        return switch (why) {
            case UNREACHABLE -> unreachable(e);
            case UNAUTHENTICATED -> "the API server does not accept the client's credentials; renew them";
            case FORBIDDEN -> shorten(e) + "; grant it to that user, or deliver as another";
            case NAMESPACE_NOT_FOUND ->
                "the namespace " + e.aboutName() + " does not exist; create it, or add it to the set";
            case UNKNOWN_KIND -> "the API server has no such kind, or no such object (" + shorten(e) + ")";
            case CONFLICT -> shorten(e) + "; try again";
            case OVERLOADED -> "the API server is too busy (HTTP " + e.status() + "); try again later";
            case IMMUTABLE_FIELD ->
                immutableFields(e) + " cannot be changed once set; delete the object, or give it another name";
            case INVALID_OBJECT -> e.fields().isEmpty() ? content(e) : fields(e.fields());
            case DENIED -> denied(e);
            case SERVER_ERROR -> "the API server failed with HTTP " + e.status() + ": " + shorten(e);
            default -> shorten(e);
        };
    }

    /** Who refuses, and what can be done about it. */
    private static String denied(ApiException e) {
        String message = String.valueOf(e.getMessage());
        var webhook = WEBHOOK_CALL.matcher(message);
        if (webhook.find()) {
            return "the admission webhook " + webhook.group(1) + " did not answer (" + shorten(e)
                    + "); repair it, or let it pass what it cannot judge by failurePolicy: Ignore";
        }
        var namespace = TERMINATING.matcher(message);
        if (namespace.find()) {
            return "the namespace " + namespace.group(1)
                    + " is being deleted; wait until it is gone, or deliver to another";
        }
        return shorten(e) + (message.contains("exceeded quota") ? "; raise the quota, or deliver less" : "");
    }

    /** Names the field of a value that has no place in the schema of its kind. */
    private static String content(ApiException e) {
        if (TOO_LARGE.matcher(String.valueOf(e.getMessage())).find()) {
            return "too large for the cluster (" + shorten(e) + "); make it smaller, or part it into several";
        }
        String typed = TYPED.matcher(String.valueOf(e.getMessage())).replaceFirst("");
        return shorten(GO_VALUE.matcher(typed).replaceAll("$1"), LONGEST);
    }

    private static String unreachable(ApiException e) {
        // Over HTTP/2 kube-apiserver hangs up with its 401, and the JDK's client then loses the answer.
        String hangUp = String.valueOf(e.getMessage()).contains("GOAWAY") ? ", and the client's credentials" : "";
        return "the API server did not answer (" + shorten(e) + "); check its address and the network" + hangUp;
    }

    private static String withoutValues(ApiException e, Reason why, Manifest secret) {
        String text = switch (why) {
            case INVALID_OBJECT, IMMUTABLE_FIELD, SERVER_ERROR -> secretFields(e);
            default -> text(e, why);
        };
        return Secrets.appearIn(text, secret) ? "HTTP " + e.status() + ' ' + e.word() : text;
    }

    /** The fields of a Secret that the server refuses, without what it says of them, for that may repeat the values. */
    private static String secretFields(ApiException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("illegal base64")) {
            return "a value of data is not Base64; encode it, or give it as stringData";
        }
        String fields = e.fields().stream()
                .map(cause -> cause.field() + ": " + cause.reason())
                .collect(Collectors.joining("; "));
        var typed = TYPED_FIELD.matcher(message);
        if (fields.isEmpty() && typed.find()) {
            fields = typed.group(1) + ": not a field of a Secret, or of the wrong type";
        }
        return "the API server refuses the Secret (HTTP " + e.status() + ")" + (fields.isEmpty() ? "" : ": " + fields);
    }

    private static String fields(List<FieldCause> causes) {
        return causes.stream()
                .map(cause -> cause.field().isEmpty() || cause.field().equals("[]")
                        ? shorten(cause.message(), LONGEST_FIELD)
                        : cause.field() + ": " + shorten(cause.message(), LONGEST_FIELD))
                .collect(Collectors.joining("; "));
    }

    private static String immutableFields(ApiException e) {
        String fields = e.fields().stream()
                .filter(cause -> IMMUTABLE.matcher(cause.message()).find())
                .map(FieldCause::field)
                .collect(Collectors.joining(", "));
        return fields.isEmpty() ? "a field (" + shorten(e) + ")" : fields;
    }

    private static String shorten(ApiException e) {
        return shorten(String.valueOf(e.getMessage()), LONGEST);
    }

    private static String shorten(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "...";
    }
}
