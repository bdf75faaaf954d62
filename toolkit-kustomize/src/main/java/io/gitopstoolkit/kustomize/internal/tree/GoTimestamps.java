package io.gitopstoolkit.kustomize.internal.tree;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The dates and times that Go's YAML library recognizes in bare text, and the form in which kustomize writes them.
 *
 * @see <a href="https://yaml.org/type/timestamp.html">YAML timestamps</a>, of which Go takes a part
 */
final class GoTimestamps {
    private final String text;
    private int at;

    private GoTimestamps(String text) {
        this.text = text;
    }

    /** The time in the form of RFC 3339, or null where the text is no timestamp. */
    static @Nullable String normalize(String text) {
        if (text.length() < 8 || text.charAt(4) != '-') {
            return null;
        }
        for (int i = 0; i < 4; i++) {
            if (!isDigit(text.charAt(i))) {
                return null;
            }
        }
        return new GoTimestamps(text).parse();
    }

    private @Nullable String parse() {
        at = 5;
        int month = number();
        if (month < 1 || month > 12 || !skip('-')) {
            return null;
        }
        int day = number();
        if (day < 1 || !isDate(month, day)) {
            return null;
        }
        String date = text.substring(0, 4) + two('-', month) + two('-', day) + 'T';
        if (at == text.length()) {
            return date + "00:00:00Z";
        }
        boolean zoned = text.charAt(at) == 'T' || text.charAt(at) == 't';
        if (!zoned && text.charAt(at) != ' ') {
            return null;
        }
        at++;
        while (!zoned && at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        String time = time();
        String zone = time == null ? null : zoned ? zone() : "Z";
        return zone == null || at != text.length() ? null : date + time + zone;
    }

    private boolean isDate(int month, int day) {
        try {
            LocalDate.of(Integer.parseInt(text, 0, 4, 10), month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private @Nullable String time() {
        int hour = number();
        if (hour < 0 || hour > 23 || !skip(':')) {
            return null;
        }
        int minute = number();
        if (minute < 0 || minute > 59 || !skip(':')) {
            return null;
        }
        int second = number();
        if (second < 0 || second > 59) {
            return null;
        }
        return two('T', hour).substring(1) + two(':', minute) + two(':', second) + fraction();
    }

    private String fraction() {
        boolean present = at + 1 < text.length()
                && (text.charAt(at) == '.' || text.charAt(at) == ',')
                && isDigit(text.charAt(at + 1));
        if (!present) {
            return "";
        }
        int from = at + 1;
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        at = end;
        end = Math.min(end, from + 9);
        while (end > from && text.charAt(end - 1) == '0') {
            end--;
        }
        return end == from ? "" : "." + text.substring(from, end);
    }

    private @Nullable String zone() {
        if (skip('Z')) {
            return "Z";
        }
        if (at + 6 > text.length() || text.charAt(at + 3) != ':') {
            return null;
        }
        char sign = text.charAt(at);
        int hours = twoDigits(at + 1);
        int minutes = twoDigits(at + 4);
        if ((sign != '+' && sign != '-') || hours < 0 || hours > 24 || minutes < 0 || minutes > 60) {
            return null;
        }
        at += 6;
        int total = hours * 60 + minutes;
        return total == 0 ? "Z" : sign + two('0', total / 60).substring(1) + two(':', total % 60);
    }

    private int twoDigits(int from) {
        char tens = text.charAt(from);
        char ones = text.charAt(from + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
    }

    /** One or two digits, or -1. */
    private int number() {
        if (at >= text.length() || !isDigit(text.charAt(at))) {
            return -1;
        }
        int value = text.charAt(at++) - '0';
        if (at < text.length() && isDigit(text.charAt(at))) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        return value;
    }

    private boolean skip(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private static String two(char before, int number) {
        return "" + before + (number < 10 ? "0" : "") + number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
