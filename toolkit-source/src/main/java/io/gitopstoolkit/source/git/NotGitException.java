package io.gitopstoolkit.source.git;

import java.io.IOException;

/** A server answered, but not as a Git server does. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
final class NotGitException extends IOException {
    NotGitException(String contentType) {
        super(contentType);
    }
}
