package io.gitopstoolkit.testkit.internal.definition;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The formats of texts that schemas can name; others are ignored, as the real server does. */
final class Formats {
    private static final String HEX = "[0-9a-f]";
    private static final Pattern DURATION = Pattern.compile("[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)\\s*"
            + "(ns|us|µs|μs|ms|s|m|h|d|w|nanos?|nanoseconds?|micros?|microseconds?|millis?|milliseconds?|secs?|seconds?"
            + "|mins?|minutes?|hrs?|hours?|days?|wks?|weeks?))+)");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:?\\d{2})?");
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    private static final Map<String, Predicate<String>> CHECKS = Map.ofEntries(
            Map.entry("date", Formats::isDate),
            Map.entry("datetime", Formats::isDateTime),
            Map.entry("duration", text -> DURATION.matcher(text).matches()),
            Map.entry("byte", Formats::isBase64),
            Map.entry("uri", Formats::isUri),
            Map.entry("email", pattern("[^@\\s<>]+@[^@\\s<>]+")),
            Map.entry(
                    "hostname",
                    pattern("(?=.{1,253}$)([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)*"
                            + "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.?")),
            Map.entry("ipv4", pattern(OCTET + "(\\." + OCTET + "){3}")),
            Map.entry("ipv6", Formats::isVersion6),
            Map.entry("cidr", Formats::isRange),
            Map.entry("mac", pattern("(?i)" + HEX + "{2}([:-]" + HEX + "{2}){5}(([:-]" + HEX + "{2}){2})?")),
            Map.entry("uuid", uuid("[0-9a-f]", "[0-9a-f]")),
            Map.entry("uuid3", uuid("3", "[0-9a-f]")),
            Map.entry("uuid4", uuid("4", "[89ab]")),
            Map.entry("uuid5", uuid("5", "[89ab]")),
            Map.entry("ssn", pattern("\\d{3}[- ]?\\d{2}[- ]?\\d{4}")),
            Map.entry("hexcolor", pattern("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")),
            Map.entry("bsonobjectid", pattern("(?i)" + HEX + "{24}")),
            Map.entry("k8sshortname", text -> text.length() <= 63 && text.matches(LABEL)),
            Map.entry("k8slongname", text -> text.length() <= 253 && text.matches(LABEL + "(\\." + LABEL + ")*")),
            Map.entry("password", text -> true));

    private Formats() {}

    static boolean isKnown(String format) {
        return CHECKS.containsKey(format.replace("-", ""));
    }

    /** Whether a text has the format, or the format is none that is looked at. */
    static boolean fits(String format, String text) {
        Predicate<String> check = format.isEmpty() ? null : CHECKS.get(format.replace("-", ""));
        return check == null || check.test(text);
    }

    private static Predicate<String> pattern(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static Predicate<String> uuid(String version, String variant) {
        return pattern("(?i)" + HEX + "{8}-?" + HEX + "{4}-?" + version + HEX + "{3}-?" + variant + HEX + "{3}-?" + HEX
                + "{12}");
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        if (!DATE_TIME.matcher(text).matches()) {
            return false;
        }
        try {
            String form = text.replace(' ', 'T');
            boolean hasZone = form.substring(10).matches(".*([Zz]|[+-]\\d{2}:?\\d{2})$");
            OffsetDateTime.parse(hasZone ? form : form + "Z", DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text) != null && text.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            URI uri = new URI(text);
            return text.startsWith("/") || uri.getScheme() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isVersion6(String text) {
        return text.contains(":") && text.matches("[0-9a-fA-F:.]+") && groups(text);
    }

    private static boolean groups(String text) {
        String[] groups = text.split(":", -1);
        boolean short4 = groups[groups.length - 1].contains(".");
        int most = short4 ? 7 : 8;
        boolean gap = text.contains("::");
        boolean fits =
                gap ? groups.length <= most + 1 && text.indexOf("::") == text.lastIndexOf("::") : groups.length == most;
        for (int i = 0; i < groups.length; i++) {
            boolean last = short4 && i == groups.length - 1;
            fits &= last ? groups[i].matches(OCTET + "(\\." + OCTET + "){3}") : groups[i].length() <= 4;
        }
        return fits;
    }

    private static boolean isRange(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")) {
            return false;
        }
        String address = text.substring(0, slash);
        int length = Integer.parseInt(text.substring(slash + 1));
        return (fits("ipv4", address) && length <= 32) || (isVersion6(address) && length <= 128);
    }
}
