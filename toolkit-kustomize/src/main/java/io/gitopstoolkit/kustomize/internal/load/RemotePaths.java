package io.gitopstoolkit.kustomize.internal.load;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells paths of the tree from addresses of repositories and files elsewhere, as kustomize does. */
final class RemotePaths {
    private static final Pattern USER = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*@.*");

    private RemotePaths() {}

    /** Whether kustomize would fetch it from a network. */
    static boolean isRemote(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        String address = lower.startsWith("git::") ? lower.substring("git::".length()) : lower;
        if (address.startsWith("https://")
                || address.startsWith("http://")
                || address.startsWith("ssh://")
                || address.startsWith("file://")) {
            return true;
        }
        if (address.startsWith("github.com/") || address.startsWith("github.com:")) {
            return address.indexOf('/', "github.com/".length()) > 0;
        }
        return USER.matcher(address).matches() && (address.indexOf(':') > 0 || address.indexOf('/') > 0);
    }
}
