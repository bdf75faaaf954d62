/** An OCI registry in memory. */
@NullMarked
package io.gitopstoolkit.testkit.internal.oci;

import org.jspecify.annotations.NullMarked;
