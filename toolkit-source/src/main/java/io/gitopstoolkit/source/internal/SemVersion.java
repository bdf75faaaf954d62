package io.gitopstoolkit.source.internal;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a>. Build metadata is read and
 * then ignored. Numbers are unsigned and have 64 bits, as in Go.
 *
 * <p>The order is by precedence, so it is not consistent with a comparison of texts: {@code 1.0.0+a} and
 * {@code 1.0.0+b} are equal.
 */
public record SemVersion(long major, long minor, long patch, String prerelease) implements Comparable<SemVersion> {
    private static final int MAX_LENGTH = 256;
    private static final String NUMBER = "(0|[1-9][0-9]*+)";
    private static final String IDENTIFIERS = "[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+";
    private static final Pattern STRICT = Pattern.compile(
            "v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + IDENTIFIERS + "))?(?:\\+" + IDENTIFIERS + ")?");
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Comparator<SemVersion> PRECEDENCE = Comparator.comparing(
                    SemVersion::major, Long::compareUnsigned)
            .thenComparing(SemVersion::minor, Long::compareUnsigned)
            .thenComparing(SemVersion::patch, Long::compareUnsigned)
            .thenComparing(SemVersion::prerelease, SemVersion::comparePrereleases);

    /** Parses a whole version with at most one leading {@code v}; empty where {@code text} is none. */
    public static Optional<SemVersion> parse(String text) {
        Matcher matcher = STRICT.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        String prerelease = matcher.group(4) == null ? "" : matcher.group(4);
        return of(matcher.group(1), matcher.group(2), matcher.group(3), prerelease);
    }

    /** A version of these parts; empty where a number is too large, or a number in the pre-release starts with 0. */
    static Optional<SemVersion> of(String major, String minor, String patch, String prerelease) {
        for (String identifier : DOT.split(prerelease, -1)) {
            if (identifier.length() > 1 && identifier.charAt(0) == '0' && isDigits(identifier)) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(new SemVersion(
                    Long.parseUnsignedLong(major),
                    Long.parseUnsignedLong(minor),
                    Long.parseUnsignedLong(patch),
                    prerelease));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether this comes before a release, such as {@code 1.0.0-rc.1}. */
    public boolean isPrerelease() {
        return !prerelease.isEmpty();
    }

    @Override
    public int compareTo(SemVersion other) {
        return PRECEDENCE.compare(this, other);
    }

    /** A release comes after its pre-releases; else by identifier, and the one that runs out first comes first. */
    static int comparePrereleases(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        String[] lefts = DOT.split(left, -1);
        String[] rights = DOT.split(right, -1);
        for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
            int order = compareIdentifiers(lefts[i], rights[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lefts.length, rights.length);
    }

    private static int compareIdentifiers(String left, String right) {
        boolean leftNumber = isNumber(left);
        boolean rightNumber = isNumber(right);
        if (leftNumber && rightNumber) {
            return Long.compareUnsigned(Long.parseUnsignedLong(left), Long.parseUnsignedLong(right));
        }
        if (leftNumber != rightNumber) {
            return leftNumber ? -1 : 1;
        }
        return left.compareTo(right);
    }

    private static boolean isNumber(String identifier) {
        if (!isDigits(identifier)) {
            return false;
        }
        try {
            Long.parseUnsignedLong(identifier);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
