/** What is asked before an object is written: webhooks and policies. */
@NullMarked
package io.gitopstoolkit.testkit.internal.admission;

import org.jspecify.annotations.NullMarked;
