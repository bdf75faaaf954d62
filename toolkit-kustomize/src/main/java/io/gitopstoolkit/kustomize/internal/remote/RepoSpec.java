package io.gitopstoolkit.kustomize.internal.remote;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Git repository, a ref in it and a directory in it, as one address names them.
 *
 * @param raw the address as it was written
 * @param cloneUrl what Git is given
 * @param path of the directory in the repository, without {@code .} and {@code ..}; empty for its root
 * @param query what was asked for behind the question mark
 */
public record RepoSpec(String raw, String cloneUrl, String path, RepoQuery query) {
    private static final String FILE = "file://";
    private static final String SSH = "ssh://";
    private static final String HTTPS = "https://";
    private static final String[] SCHEMES = {SSH, HTTPS, "http://", FILE};
    private static final String AZURE = "_git/";
    private static final String SUFFIX = ".git";

    /** What kustomize calls the root of a repository in the notes of where an object came from. */
    private static final String ROOT_IN_ORIGIN = "notCloned";

    /** The repository that an address names; null where kustomize does not take it for one. */
    public static @Nullable RepoSpec parse(String address) {
        if (address.startsWith("/")) {
            return null;
        }
        int question = address.indexOf('?');
        Host host = Host.of(question < 0 ? address : address.substring(0, question));
        if (host == null) {
            return null;
        }
        Parts parts = Parts.of(host.rest, host.isFile());
        if (parts == null || parts.repository.isEmpty()) {
            return null;
        }
        String path = Parts.clean(parts.path);
        if (path == null) {
            return null;
        }
        RepoQuery query = RepoQuery.parse(question < 0 ? "" : address.substring(question + 1));
        return new RepoSpec(address, host.address + parts.repository, path, query);
    }

    /** The path of the directory in the note of where an object came from. */
    public String originPath() {
        return path.isEmpty() ? ROOT_IN_ORIGIN : path;
    }

    /** How long each command of Git may take. */
    public Duration timeout() {
        return query.timeout();
    }

    /** The repository and the ref, without what could be a secret. */
    @Override
    public String toString() {
        String shown = RemoteFile.shown(cloneUrl);
        return query.ref().isEmpty() ? shown : shown + "?ref=" + query.ref();
    }

    /** The part of an address up to the path, and the path. */
    private record Host(String address, String rest) {
        boolean isFile() {
            return address.startsWith(FILE);
        }

        static @Nullable Host of(String text) {
            String rest = withoutPrefix(text, "git::");
            String scheme = "";
            for (String candidate : SCHEMES) {
                if (hasPrefix(rest, candidate)) {
                    scheme = candidate;
                    rest = rest.substring(candidate.length());
                    break;
                }
            }
            if (scheme.equals(FILE)) {
                return new Host(scheme, rest);
            }
            String user = user(rest);
            return of(scheme, user, rest.substring(user.length()));
        }

        /** A letter, letters, digits and dashes, and an at sign, at the beginning of a text; or nothing. */
        private static String user(String text) {
            int at = text.indexOf('@');
            for (int i = 0; i < at; i++) {
                char c = text.charAt(i);
                boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (!letter && (i == 0 || ((c < '0' || c > '9') && c != '-'))) {
                    return "";
                }
            }
            return at <= 0 ? "" : text.substring(0, at + 1);
        }

        private static @Nullable Host of(String scheme, String user, String hostAndPath) {
            boolean github = hasPrefix(hostAndPath, "github.com/") || hasPrefix(hostAndPath, "github.com:");
            boolean colonAllowed = scheme.isEmpty() && (!user.isEmpty() || github);
            if (scheme.isEmpty() && !colonAllowed) {
                return null;
            }
            int end = separator(hostAndPath, colonAllowed);
            String host = hostAndPath.substring(0, end < 0 ? hostAndPath.length() : end + 1);
            String rest = hostAndPath.substring(host.length());
            if (github) {
                boolean ssh = scheme.equals(SSH) || !user.isEmpty();
                return new Host(ssh ? user + "github.com:" : HTTPS + "github.com/", rest);
            }
            return host.isEmpty() ? null : new Host(scheme + user + host, rest);
        }

        private static int separator(String text, boolean colonAllowed) {
            int slash = text.indexOf('/');
            int colon = colonAllowed ? text.indexOf(':') : -1;
            return colonAllowed && (slash < 0 || (colon > 0 && colon < slash)) ? colon : slash;
        }

        private static String withoutPrefix(String text, String prefix) {
            return hasPrefix(text, prefix) ? text.substring(prefix.length()) : text;
        }

        private static boolean hasPrefix(String text, String prefix) {
            return text.length() >= prefix.length()
                    && text.substring(0, prefix.length())
                            .toLowerCase(Locale.ROOT)
                            .equals(prefix);
        }
    }

    /** The path of a repository, and that of a directory in it. */
    private record Parts(String repository, String path) {
        static @Nullable Parts of(String text, boolean whole) {
            int azure = text.indexOf(AZURE);
            if (azure >= 0) {
                int end = text.indexOf('/', azure + AZURE.length());
                return end < 0 ? new Parts(text, "") : new Parts(text.substring(0, end), text.substring(end + 1));
            }
            int doubled = text.indexOf("//");
            if (doubled >= 0) {
                return new Parts(text.substring(0, doubled), text.substring(doubled + 2));
            }
            int suffix = text.indexOf(SUFFIX);
            if (suffix >= 0) {
                int end = suffix + SUFFIX.length();
                return new Parts(text.substring(0, end), text.substring(end));
            }
            return whole ? new Parts(text, "") : ownerAndName(text);
        }

        private static @Nullable Parts ownerAndName(String text) {
            int owner = text.indexOf('/');
            if (owner < 0) {
                return null;
            }
            int name = text.indexOf('/', owner + 1);
            return name < 0 ? new Parts(text, "") : new Parts(text.substring(0, name), text.substring(name + 1));
        }

        /** The path without dots; null where it leaves the repository. */
        static @Nullable String clean(String path) {
            String rooted = path.startsWith("/") ? path.substring(1) : path;
            String cleaned = Paths.clean(rooted);
            if (cleaned.equals("..") || cleaned.startsWith("../")) {
                return null;
            }
            return Paths.clean("/" + cleaned).substring(1);
        }
    }
}
