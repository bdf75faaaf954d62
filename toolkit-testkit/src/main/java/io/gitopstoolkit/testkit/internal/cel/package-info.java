/** Expressions in the Common Expression Language as Kubernetes has it. The one place that knows the library for it. */
@NullMarked
package io.gitopstoolkit.testkit.internal.cel;

import org.jspecify.annotations.NullMarked;
