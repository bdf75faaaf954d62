package io.gitopstoolkit.kustomize.internal.remote;

/** Addresses of files that are had by HTTP. */
public final class RemoteFile {
    private RemoteFile() {}

    /** Whether kustomize asks a web server for the file. */
    public static boolean isRemote(String path) {
        String scheme = GoUrl.scheme(path);
        return scheme != null && (scheme.equals("http") || scheme.equals("https"));
    }

    /** An address for messages: without user and password, and without the query, which may be a secret as well. */
    public static String shown(String address) {
        int question = address.indexOf('?');
        String path = question < 0 ? address : address.substring(0, question);
        return path.indexOf('@') < 0 ? path : path.replaceFirst("://[^/]*@", "://");
    }
}
