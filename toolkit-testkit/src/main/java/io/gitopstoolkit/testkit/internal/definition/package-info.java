/** Custom resource definitions: what a definition must be like, and what its objects must be like. */
@NullMarked
package io.gitopstoolkit.testkit.internal.definition;

import org.jspecify.annotations.NullMarked;
