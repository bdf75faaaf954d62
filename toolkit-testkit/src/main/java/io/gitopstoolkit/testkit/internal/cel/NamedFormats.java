package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Formats of texts by name in expressions, such as {@code format.dns1123Label()}.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#Format">Kubernetes: format library</a>
 */
final class NamedFormats {
    private static final OpaqueType TYPE = OpaqueType.create("kubernetes.NamedFormat");
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_MESSAGE =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end"
                    + " with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '"
                    + LABEL + "')";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String SUBDOMAIN_MESSAGE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '"
                    + SUBDOMAIN + "')";
    private static final String DNS_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String DNS_1035_MESSAGE =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                    + " validation is '" + DNS_1035 + "')";
    private static final String VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    private static final String VALUE_MESSAGE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used"
                    + " for validation is '" + VALUE + "')";
    private static final String NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String NAME_MESSAGE =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                    + " '" + NAME + "')";
    private static final Map<String, Format> FORMATS = formats();

    private NamedFormats() {}

    /** What is wrong with a text, in sentences. */
    record Format(String name, Function<String, List<String>> check) {}

    static void addTo(FunctionSet functions) {
        functions
                .type(TYPE, Format.class)
                .function(
                        "format.named",
                        OptionalType.create(TYPE),
                        args -> Optional.ofNullable(FORMATS.get(args[0])),
                        SimpleType.STRING)
                .member(
                        "validate",
                        OptionalType.create(ListType.create(SimpleType.STRING)),
                        args -> validate((Format) args[0], (String) args[1]),
                        TYPE,
                        SimpleType.STRING);
        FORMATS.keySet().forEach(name -> functions.function("format." + name, TYPE, args -> find(name)));
    }

    private static Format find(String name) {
        return Objects.requireNonNull(FORMATS.get(name));
    }

    private static Optional<List<String>> validate(Format format, String text) {
        List<String> errors = format.check().apply(text);
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors);
    }

    private static Map<String, Format> formats() {
        var all = new LinkedHashMap<String, Format>();
        add(all, "dns1123Label", text -> pattern(text, LABEL, LABEL_MESSAGE, 63));
        add(all, "dns1123Subdomain", text -> pattern(text, SUBDOMAIN, SUBDOMAIN_MESSAGE, 253));
        add(all, "dns1035Label", text -> pattern(text, DNS_1035, DNS_1035_MESSAGE, 63));
        add(all, "dns1123LabelPrefix", text -> pattern(unfinished(text), LABEL, LABEL_MESSAGE, 63));
        add(all, "dns1123SubdomainPrefix", text -> pattern(unfinished(text), SUBDOMAIN, SUBDOMAIN_MESSAGE, 253));
        add(all, "dns1035LabelPrefix", text -> pattern(unfinished(text), DNS_1035, DNS_1035_MESSAGE, 63));
        add(all, "qualifiedName", NamedFormats::qualifiedName);
        add(all, "labelValue", text -> pattern(text, VALUE, VALUE_MESSAGE, 63));
        add(all, "uri", text -> uri(text));
        add(
                all,
                "uuid",
                text -> unless(
                        text.matches("(?i)[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}"),
                        "does not match the UUID format"));
        add(all, "byte", text -> unless(parses(text, Base64.getDecoder()::decode), "invalid base64"));
        add(all, "date", text -> unless(parses(text, LocalDate::parse), "invalid date"));
        add(all, "datetime", text -> unless(parses(text, OffsetDateTime::parse), "invalid datetime"));
        return all;
    }

    private static void add(Map<String, Format> all, String name, Function<String, List<String>> check) {
        all.put(name, new Format(name, check));
    }

    /** The beginning of a name may end in a dash. */
    private static String unfinished(String text) {
        return text.endsWith("-") ? text.substring(0, text.length() - 1) + "a" : text;
    }

    private static List<String> unless(boolean valid, String message) {
        return valid ? List.of() : List.of(message);
    }

    private static List<String> pattern(String text, String pattern, String message, int longest) {
        var errors = new ArrayList<String>();
        if (text.length() > longest) {
            errors.add("must be no more than " + longest + " bytes");
        }
        if (!text.matches(pattern)) {
            errors.add(message);
        }
        return errors;
    }

    private static List<String> qualifiedName(String text) {
        var errors = new ArrayList<String>();
        int slash = text.indexOf('/');
        if (slash == 0) {
            errors.add("prefix part must be non-empty");
        } else if (slash > 0) {
            pattern(text.substring(0, slash), SUBDOMAIN, SUBDOMAIN_MESSAGE, 253)
                    .forEach(error -> errors.add("prefix part " + error));
        }
        String name = text.substring(slash + 1);
        if (name.isEmpty()) {
            errors.add("name part must be non-empty");
        } else if (name.length() > 63) {
            errors.add("name part must be no more than 63 bytes");
        }
        if (!name.matches(NAME)) {
            errors.add(NAME_MESSAGE);
        }
        return errors;
    }

    private static List<String> uri(String text) {
        Predicate<String> valid = candidate -> {
            try {
                return candidate.startsWith("/") || new URI(candidate).isAbsolute();
            } catch (URISyntaxException e) {
                return false;
            }
        };
        return unless(valid.test(text), "parse \"" + text + "\": invalid URI for request");
    }

    private static boolean parses(String text, Function<String, ?> parser) {
        try {
            return parser.apply(text) != null;
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return false;
        }
    }
}
