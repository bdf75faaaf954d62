package io.gitopstoolkit.source.git;

import io.gitopstoolkit.source.Credentials;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Which repository, and who asks. */
record Remote(URI uri, @Nullable Credentials credentials) {
    /** The address, which has been checked to hold neither user-info nor a query. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
