package io.gitopstoolkit.source.git;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something in the cache is not as it was written. */
@SuppressWarnings("serial") // exceptions are not sent about as Java objects
final class DamagedCacheException extends IOException {
    DamagedCacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
