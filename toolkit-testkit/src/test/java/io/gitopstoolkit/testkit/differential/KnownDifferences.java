package io.gitopstoolkit.testkit.differential;

import java.util.List;
import java.util.regex.Pattern;

/** The differences that are known, from {@code known-differences.txt}. */
final class KnownDifferences {
    private static final List<Pattern> PATTERNS = Scenarios.text("known-differences.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> Pattern.compile(line.substring(0, line.lastIndexOf("  - ")), Pattern.DOTALL))
            .toList();

    private KnownDifferences() {}

    static boolean contains(String difference) {
        return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(difference).find());
    }
}
