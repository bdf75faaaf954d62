/** Types of the served kinds: fields, list types and keys. */
@NullMarked
package io.gitopstoolkit.testkit.internal.schema;

import org.jspecify.annotations.NullMarked;
