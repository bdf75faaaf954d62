/** What applying stands on: requests to the API server, discovery, order and comparison. Not for use by others. */
@NullMarked
package io.gitopstoolkit.apply.internal;

import org.jspecify.annotations.NullMarked;
