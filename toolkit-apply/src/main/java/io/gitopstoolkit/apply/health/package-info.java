/**
 * Whether an object has become what it was asked to be: the rules of kstatus, as a pure function of the object. No
 * cluster, no client.
 *
 * @see <a href="https://github.com/kubernetes-sigs/cli-utils/tree/master/pkg/kstatus">kstatus</a>
 */
@NullMarked
package io.gitopstoolkit.apply.health;

import org.jspecify.annotations.NullMarked;
