package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a list or watch is to be answered, checked as the real server checks it.
 *
 * @param limit zero or less for none
 * @param resourceVersion as the client wrote it, or empty
 * @param sendsInitialEvents whether a watch begins with what is there
 */
record ListOptions(long limit, String resourceVersion, String match, String continueToken, boolean sendsInitialEvents) {
    private static final Set<String> FALSE = Set.of("0", "f", "false");

    static ListOptions of(ApiRequest request, boolean watches) {
        String match = request.parameter("resourceVersionMatch");
        String version = request.parameter("resourceVersion");
        String token = request.parameter("continue");
        boolean saysInitial = request.query().containsKey("sendInitialEvents");
        boolean initial = saysInitial && isTrue(request.parameter("sendInitialEvents"));
        long limit = number(request, "limit");
        number(request, "timeoutSeconds");
        var errors = new ArrayList<FieldError>();
        if (!watches) {
            checkList(match, version, token, errors);
            if (saysInitial) {
                errors.add(FieldError.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
            }
        } else {
            checkWatch(saysInitial, match, token, errors);
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid("meta.k8s.io", "ListOptions", "", errors);
        }
        boolean fromAnywhere = !saysInitial && match.isEmpty() && (version.isEmpty() || version.equals("0"));
        return new ListOptions(
                version.equals("0") ? 0 : limit, version, match, token, initial || (watches && fromAnywhere));
    }

    private static void checkList(String match, String version, String token, List<FieldError> errors) {
        String field = "resourceVersionMatch";
        if (match.isEmpty()) {
            return;
        }
        if (version.isEmpty()) {
            errors.add(FieldError.forbidden(
                    field, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }
        if (!token.isEmpty()) {
            errors.add(FieldError.forbidden(field, "resourceVersionMatch is forbidden when continue is provided"));
        }
        if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
            errors.add(FieldError.unsupported(field, match, List.of("Exact", "NotOlderThan", "")));
        }
        if (match.equals("Exact") && version.equals("0")) {
            errors.add(FieldError.forbidden(
                    field, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }
    }

    private static void checkWatch(boolean saysInitial, String match, String token, List<FieldError> errors) {
        String field = "resourceVersionMatch";
        if (saysInitial && !match.equals("NotOlderThan")) {
            errors.add(FieldError.forbidden(
                    field, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (match.isEmpty()) {
            return;
        }
        if (!saysInitial) {
            errors.add(FieldError.forbidden(
                    field, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }
        if (!match.equals("NotOlderThan")) {
            errors.add(FieldError.unsupported(field, match, List.of("NotOlderThan")));
        }
        if (!token.isEmpty()) {
            errors.add(FieldError.forbidden(field, "resourceVersionMatch is forbidden when continue is provided"));
        }
    }

    private static boolean isTrue(String text) {
        return !FALSE.contains(text.toLowerCase(Locale.ROOT));
    }

    private static long number(ApiRequest request, String parameter) {
        String text = request.parameter(parameter);
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("strconv.ParseInt: parsing " + Json.print(text) + ": invalid syntax");
        }
    }

    /** The version that the client names; 0 where it names none. */
    long version() {
        if (resourceVersion.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(resourceVersion);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("invalid resource version: resourceVersion: Invalid value: "
                    + Json.print(resourceVersion) + ": strconv.ParseUint: parsing " + Json.print(resourceVersion)
                    + ": invalid syntax");
        }
    }

    /** Whether the list is to show what was there at the version, rather than what is there now. */
    boolean isExact() {
        boolean names = !resourceVersion.isEmpty() && !resourceVersion.equals("0");
        return match.equals("Exact") || (match.isEmpty() && limit > 0 && names);
    }
}
