package io.gitopstoolkit.notify;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The guard of header names and values: nothing that ends a header gets into one. */
final class Headers {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

    /** Headers that the HTTP client writes itself. */
    private static final Set<String> RESERVED =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private Headers() {}

    /**
     * Checks a header that a user gives.
     *
     * @throws IllegalArgumentException if it is none, or one that the HTTP client writes; the value is not quoted
     */
    static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a header: '" + printable(name) + "'");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the header " + name + " is written by the HTTP client, leave it out");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the value of the header " + name + " holds a character that is not printable ASCII");
        }
    }

    /** The text with a question mark in the place of everything that is not printable ASCII. */
    static String printable(String text) {
        return VALUE.matcher(text).matches() ? text : text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
