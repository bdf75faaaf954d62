package io.gitopstoolkit.source.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions, such as {@code 6.x}, {@code >=1.2 <2 || ~3.1} or {@code 1.2 - 1.4}, with the meaning that
 * Masterminds/semver 3 gives it, to which Flux leaves it.
 *
 * <p>Blanks and commas mean "and", {@code ||} means "or". A group without a pre-release in it matches no pre-release.
 *
 * @see <a href="https://github.com/Masterminds/semver/blob/v3.5.0/README.md#checking-version-constraints">its rules</a>
 */
public final class SemVerRange {
    private static final int MAX_LENGTH = 512;
    private static final int MAX_GROUPS = 32;
    private static final String PART = "[0-9xX*|]++";
    private static final String IDENTIFIERS = "[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+";
    private static final String VERSION = "v?(PART)(?:\\.(PART))?+(?:\\.(PART))?+(?:-(IDS))?+(?:\\+IDS)?+"
            .replace("PART", PART)
            .replace("IDS", IDENTIFIERS);
    private static final Pattern COMPARISON = Pattern.compile("\\s*+(!=|>=|=>|<=|=<|~>|=|>|<|~|\\^|)\\s*+" + VERSION);
    private static final Pattern SEPARATOR = Pattern.compile("\\s*+,|\\s++");
    private static final String ANY_VERSION = VERSION.replaceAll("\\((?!\\?)", "(?:");
    private static final Pattern HYPHEN =
            Pattern.compile("\\s*+(" + ANY_VERSION + ")\\s++-\\s++(" + ANY_VERSION + ")\\s*+");

    /** A version, how much of it was given, and how others have to relate to it. */
    private record Comparison(String operator, SemVersion version, Precision precision) {
        boolean matches(SemVersion other) {
            return switch (operator) {
                case "!=" -> differs(other);
                case ">" -> isAbove(other);
                case "<" -> other.compareTo(version) < 0;
                case ">=", "=>" -> other.compareTo(version) >= 0;
                case "<=", "=<" -> isAtMost(other);
                case "~", "~>" -> isNear(other);
                case "^" -> isCompatible(other);
                default -> precision == Precision.FULL ? other.compareTo(version) == 0 : isNear(other);
            };
        }

        private boolean differs(SemVersion other) {
            return switch (precision) {
                case FULL, ANY -> other.compareTo(version) != 0;
                case MINOR ->
                    !sameMinor(other) || SemVersion.comparePrereleases(other.prerelease(), version.prerelease()) != 0;
                case MAJOR -> other.major() != version.major();
            };
        }

        private boolean isAbove(SemVersion other) {
            return switch (precision) {
                case FULL, ANY -> other.compareTo(version) > 0;
                case MINOR ->
                    other.major() != version.major()
                            ? Long.compareUnsigned(other.major(), version.major()) > 0
                            : Long.compareUnsigned(other.minor(), version.minor()) > 0;
                case MAJOR -> Long.compareUnsigned(other.major(), version.major()) > 0;
            };
        }

        private boolean isAtMost(SemVersion other) {
            if (precision == Precision.FULL) {
                return other.compareTo(version) <= 0;
            }
            int byMajor = Long.compareUnsigned(other.major(), version.major());
            if (byMajor != 0) {
                return byMajor < 0;
            }
            return precision == Precision.MAJOR || Long.compareUnsigned(other.minor(), version.minor()) <= 0;
        }

        private boolean isNear(SemVersion other) {
            if (other.compareTo(version) < 0) {
                return false;
            }
            boolean zero = version.major() == 0 && version.minor() == 0 && version.patch() == 0;
            if (zero && (precision == Precision.FULL || precision == Precision.ANY)) {
                return true;
            }
            return precision == Precision.MAJOR ? other.major() == version.major() : sameMinor(other);
        }

        private boolean isCompatible(SemVersion other) {
            if (other.compareTo(version) < 0) {
                return false;
            }
            if (version.major() != 0 || precision == Precision.MAJOR) {
                return other.major() == version.major();
            }
            if (version.minor() != 0 || precision == Precision.MINOR) {
                return sameMinor(other);
            }
            return sameRelease(other);
        }

        private boolean sameMinor(SemVersion other) {
            return other.major() == version.major() && other.minor() == version.minor();
        }

        private boolean sameRelease(SemVersion other) {
            return sameMinor(other) && other.patch() == version.patch();
        }
    }

    /** Which parts of a version were given: {@code *}, {@code 1.x}, {@code 1.2.x} or all three. */
    private enum Precision {
        ANY,
        MAJOR,
        MINOR,
        FULL
    }

    private record Group(List<Comparison> comparisons, boolean prereleases) {
        boolean matches(SemVersion version) {
            return (prereleases || !version.isPrerelease())
                    && comparisons.stream().allMatch(comparison -> comparison.matches(version));
        }
    }

    private final List<Group> groups;

    private SemVerRange(List<Group> groups) {
        this.groups = groups;
    }

    /**
     * Parses a range.
     *
     * @throws IllegalArgumentException if {@code text} is none
     */
    public static SemVerRange parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a version range has at most " + MAX_LENGTH + " characters");
        }
        String[] alternatives = rewriteHyphens(text).split("\\|\\|", -1);
        if (alternatives.length > MAX_GROUPS) {
            throw new IllegalArgumentException("a version range has at most " + MAX_GROUPS + " alternatives");
        }
        var groups = new ArrayList<Group>();
        for (String alternative : alternatives) {
            groups.add(parseGroup(alternative, text));
        }
        return new SemVerRange(groups);
    }

    /** Whether {@code version} is in the range. */
    public boolean matches(SemVersion version) {
        return groups.stream().anyMatch(group -> group.matches(version));
    }

    private static String rewriteHyphens(String text) {
        return HYPHEN.matcher(text).replaceAll(">= $1, <= $2 ");
    }

    private static Group parseGroup(String group, String range) {
        var comparisons = new ArrayList<Comparison>();
        Matcher matcher = COMPARISON.matcher(group);
        Matcher separator = SEPARATOR.matcher(group);
        String stripped = group.stripTrailing();
        int at = 0;
        do {
            matcher.region(at, group.length());
            if (!matcher.lookingAt()) {
                throw notARange(range);
            }
            comparisons.add(comparison(matcher, range));
            at = matcher.end();
            if (at == stripped.length()) {
                boolean prereleases = comparisons.stream()
                        .anyMatch(comparison -> comparison.version().isPrerelease());
                return new Group(List.copyOf(comparisons), prereleases);
            }
            separator.region(at, group.length());
            if (!separator.lookingAt()) {
                throw notARange(range);
            }
            at = separator.end();
        } while (true);
    }

    private static Comparison comparison(Matcher matcher, String range) {
        String major = matcher.group(2);
        String minor = matcher.group(3);
        String patch = matcher.group(4);
        Precision precision = isOpen(major)
                ? Precision.ANY
                : isOpen(minor) ? Precision.MAJOR : isOpen(patch) ? Precision.MINOR : Precision.FULL;
        SemVersion version = SemVersion.of(
                        precision == Precision.ANY ? "0" : major,
                        precision.compareTo(Precision.MINOR) < 0 ? "0" : minor,
                        precision == Precision.FULL ? patch : "0",
                        matcher.group(5) == null ? "" : matcher.group(5))
                .orElseThrow(() -> notARange(range));
        return new Comparison(matcher.group(1), version, precision);
    }

    private static boolean isOpen(@Nullable String part) {
        return part == null || part.equals("*") || part.equalsIgnoreCase("x");
    }

    private static IllegalArgumentException notARange(String text) {
        return new IllegalArgumentException(
                "not a version range: '" + text + "'; expected one such as '6.x', '>=1.2.0 <2.0.0' or '~1.4'");
    }
}
