/** JSON patch, merge patch and strategic merge patch. */
@NullMarked
package io.gitopstoolkit.testkit.internal.patch;

import org.jspecify.annotations.NullMarked;
