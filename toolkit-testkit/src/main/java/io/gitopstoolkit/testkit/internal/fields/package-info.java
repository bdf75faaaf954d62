/** Server-side apply: field sets, typed merge, ownership. */
@NullMarked
package io.gitopstoolkit.testkit.internal.fields;

import org.jspecify.annotations.NullMarked;
