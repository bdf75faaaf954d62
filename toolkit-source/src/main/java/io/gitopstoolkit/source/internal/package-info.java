/** Shared by the sources of this module, and not for use from outside. */
@NullMarked
package io.gitopstoolkit.source.internal;

import org.jspecify.annotations.NullMarked;
