package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Semantic versions in expressions.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#SemverLib">Kubernetes: semver library</a>
 */
final class Semvers {
    private static final OpaqueType TYPE = OpaqueType.create("kubernetes.Semver");
    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final Pattern VERSION = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

    private Semvers() {}

    record Version(List<BigInteger> numbers, List<String> preRelease, String build) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            for (int i = 0; i < 3; i++) {
                int order = numbers.get(i).compareTo(other.numbers.get(i));
                if (order != 0) {
                    return order;
                }
            }
            if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
                return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
            }
            for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
                int order = compare(preRelease.get(i), other.preRelease.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(preRelease.size(), other.preRelease.size());
        }

        private static int compare(String one, String other) {
            boolean isNumber = one.matches("\\d+");
            if (isNumber && other.matches("\\d+")) {
                return new BigInteger(one).compareTo(new BigInteger(other));
            }
            return isNumber ? -1 : other.matches("\\d+") ? 1 : Integer.signum(one.compareTo(other));
        }
    }

    static void addTo(FunctionSet functions) {
        functions
                .type(TYPE, Version.class)
                .function("semver", TYPE, args -> parse((String) args[0], false), SimpleType.STRING)
                .function(
                        "semver",
                        TYPE,
                        args -> parse((String) args[0], (Boolean) args[1]),
                        SimpleType.STRING,
                        SimpleType.BOOL)
                .function("isSemver", SimpleType.BOOL, args -> find((String) args[0], false) != null, SimpleType.STRING)
                .function(
                        "isSemver",
                        SimpleType.BOOL,
                        args -> find((String) args[0], (Boolean) args[1]) != null,
                        SimpleType.STRING,
                        SimpleType.BOOL)
                .member("major", SimpleType.INT, args -> number(args[0], 0), TYPE)
                .member("minor", SimpleType.INT, args -> number(args[0], 1), TYPE)
                .member("patch", SimpleType.INT, args -> number(args[0], 2), TYPE)
                .member("isGreaterThan", SimpleType.BOOL, args -> compare(args) > 0, TYPE, TYPE)
                .member("isLessThan", SimpleType.BOOL, args -> compare(args) < 0, TYPE, TYPE)
                .member("compareTo", SimpleType.INT, args -> (long) compare(args), TYPE, TYPE);
    }

    private static int compare(Object[] args) {
        return ((Version) args[0]).compareTo((Version) args[1]);
    }

    private static long number(Object version, int place) {
        return ((Version) version).numbers().get(place).longValue();
    }

    private static Version parse(String text, boolean normalizes) {
        Version found = find(text, normalizes);
        if (found == null) {
            throw new IllegalArgumentException("No Major.Minor.Patch elements found");
        }
        return found;
    }

    private static @Nullable Version find(String text, boolean normalizes) {
        Matcher matcher = VERSION.matcher(normalizes ? normalized(text) : text);
        if (!matcher.matches()) {
            return null;
        }
        String preRelease = matcher.group(4);
        return new Version(
                List.of(
                        new BigInteger(matcher.group(1)),
                        new BigInteger(matcher.group(2)),
                        new BigInteger(matcher.group(3))),
                preRelease == null ? List.of() : List.of(preRelease.split("\\.")),
                matcher.group(5) == null ? "" : matcher.group(5));
    }

    /** Without a {@code v} and leading zeros, and with all three numbers. */
    private static String normalized(String text) {
        String rest = text.startsWith("v") ? text.substring(1) : text;
        int end = rest.indexOf('-') < 0 ? rest.length() : rest.indexOf('-');
        end = rest.indexOf('+') < 0 ? end : Math.min(end, rest.indexOf('+'));
        String numbers = rest.substring(0, end);
        if (end == rest.length()) {
            for (long dots = numbers.chars().filter(c -> c == '.').count(); dots < 2; dots++) {
                numbers += ".0";
            }
        }
        return numbers.replaceAll("(^|\\.)0+(?=\\d)", "$1") + rest.substring(end);
    }
}
