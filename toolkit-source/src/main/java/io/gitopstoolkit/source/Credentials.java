package io.gitopstoolkit.source;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Secret;

/**
 * What proves to a server who asks. It is sent with every request to the host that the source was built for, and to no
 * other: a redirect to another host is followed without it. It appears in no message, log or {@code toString}.
 */
public sealed interface Credentials {
    /**
     * A user name and a password, sent as HTTP basic authentication in UTF-8. Most Git hosts take a token as the
     * password.
     *
     * @param username the name; holds neither a colon nor a control character
     * @param password the password or token
     */
    record Basic(String username, Secret password) implements Credentials {
        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if the name holds a colon or a control character
         */
        public Basic {
            requireNonNull(password, "password");
            if (username.indexOf(':') >= 0 || username.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a user name holds neither a colon nor a control character");
            }
        }
    }

    /**
     * A token, sent as {@code Authorization: Bearer}.
     *
     * @param token visible ASCII characters
     */
    record Bearer(Secret token) implements Credentials {
        /**
         * Checks the token.
         *
         * @throws IllegalArgumentException if the token is empty or holds anything but visible ASCII characters
         */
        public Bearer {
            String text = token.reveal();
            if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
                throw new IllegalArgumentException("a bearer token holds visible ASCII characters alone");
            }
        }
    }
}
