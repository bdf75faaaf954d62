package io.gitopstoolkit.testkit.internal.web;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of answers. Several ranges at once are answered with the whole, as the rules allow.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-range-requests">RFC 9110, range requests</a>
 */
public final class Ranges {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private Ranges() {}

    /** The part that the request asks for, 416 where there is no such part, or the whole where it asks for none. */
    public static WebAnswer apply(WebRequest request, WebAnswer whole) {
        Matcher range = RANGE.matcher(request.header("Range").replace(" ", ""));
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return whole;
        }
        int length = whole.body().length;
        long first = range.group(1).isEmpty()
                ? Math.max(0, length - Long.parseLong(range.group(2)))
                : Long.parseLong(range.group(1));
        long last = range.group(1).isEmpty() || range.group(2).isEmpty()
                ? length - 1L
                : Math.min(length - 1L, Long.parseLong(range.group(2)));
        if (first > last) {
            return WebAnswer.of(416).with("Content-Range", "bytes */" + length);
        }
        return WebAnswer.of(206, "", Arrays.copyOfRange(whole.body(), (int) first, (int) last + 1))
                .with(whole.headers())
                .with("Content-Range", "bytes " + first + '-' + last + '/' + length);
    }
}
