package io.gitopstoolkit.kustomize.internal.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses as Go's {@code net/url} reads them. */
final class GoUrl {
    private GoUrl() {}

    /** The scheme in lower case of what is a valid URL with one; null otherwise. */
    static @Nullable String scheme(String text) {
        int hash = text.indexOf('#');
        String url = hash < 0 ? text : text.substring(0, hash);
        int colon = schemeEnd(url);
        if (colon < 0 || hasControl(url) || !isEscaped(hash < 0 ? "" : text.substring(hash + 1))) {
            return null;
        }
        String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = url.substring(scheme.length() + 1);
        int question = rest.indexOf('?');
        return isValid(question < 0 ? rest : rest.substring(0, question)) ? scheme : null;
    }

    /** The position of the colon behind what can be a scheme, or -1: most texts are paths, and have none. */
    private static int schemeEnd(String url) {
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (c == ':' && i > 0) {
                return i;
            }
            if (!letter && (i == 0 || ((c < '0' || c > '9') && c != '+' && c != '.' && c != '-'))) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean hasControl(String url) {
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) < ' ' || url.charAt(i) == 0x7F) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValid(String rest) {
        if (!rest.startsWith("/")) {
            return true;
        }
        if (!rest.startsWith("//")) {
            return isEscaped(rest);
        }
        int slash = rest.indexOf('/', 2);
        String authority = rest.substring(2, slash < 0 ? rest.length() : slash);
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        String user = at < 0 ? "" : authority.substring(0, at);
        boolean hostIsValid = host.startsWith("[")
                ? Parts.LITERAL.matcher(host).matches()
                : Parts.HOST.matcher(host).matches() && isEscaped(host);
        return hostIsValid
                && Parts.USER_INFO.matcher(user).matches()
                && isEscaped(user)
                && (slash < 0 || isEscaped(rest.substring(slash)));
    }

    private static boolean isEscaped(String text) {
        return unescaped(text) != null;
    }

    /** The text of a part of a query, its escapes resolved; null where one is not well formed. */
    static @Nullable String unescaped(String text) {
        var bytes = new ByteArrayOutputStream();
        byte[] escaped = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] == '%') {
                int high = i + 2 < escaped.length ? Character.digit(escaped[i + 1], 16) : -1;
                int low = i + 2 < escaped.length ? Character.digit(escaped[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(escaped[i] == '+' ? ' ' : escaped[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What parts of an address have to match; for those that have any. */
    private static final class Parts {
        private static final Pattern USER_INFO = Pattern.compile("[A-Za-z0-9\\-._:~!$&'()*+,;=%@]*");
        private static final Pattern HOST =
                Pattern.compile("([^\\x00-\\x20\\x7f#%/?@\\\\^`{|}:\\[]|%[89a-fA-F].)*(:[0-9]*)?");
        private static final Pattern LITERAL =
                Pattern.compile("\\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%25[^\\]/]+)?](:[0-9]*)?");

        private Parts() {}
    }
}
