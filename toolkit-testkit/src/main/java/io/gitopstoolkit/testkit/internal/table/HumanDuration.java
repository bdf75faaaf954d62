package io.gitopstoolkit.testkit.internal.table;

import java.time.Duration;

/** A time span in two or three digits, such as {@code 5m30s}, {@code 3d4h} or {@code 2y}. */
final class HumanDuration {
    private static final long DAYS_A_YEAR = 365;

    private HumanDuration() {}

    static String of(Duration span) {
        if (span.isNegative()) {
            return span.plusSeconds(2).isNegative() || span.plusSeconds(2).isZero() ? "<invalid>" : "0s";
        }
        long seconds = span.toSeconds();
        long minutes = span.toMinutes();
        if (seconds < 120) {
            return seconds + "s";
        }
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        return minutes < 180 ? minutes + "m" : ofHours(span.toHours(), minutes);
    }

    private static String ofHours(long hours, long minutes) {
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (days < 8) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 2 * DAYS_A_YEAR) {
            return days + "d";
        }
        long years = days / DAYS_A_YEAR;
        return years < 8 ? two(years, "y", days % DAYS_A_YEAR, "d") : years + "y";
    }

    private static String two(long first, String unit, long second, String smaller) {
        return first + unit + (second == 0 ? "" : second + smaller);
    }
}
