/**
 * Brings a cluster to the state that manifests describe, by server-side apply: {@link io.gitopstoolkit.apply.Applier}.
 *
 * <p>What an {@link io.gitopstoolkit.apply.Owner} has in the cluster is its {@link io.gitopstoolkit.apply.Inventory};
 * what would change is a {@link io.gitopstoolkit.apply.Plan}. Whether objects are healthy is judged by
 * {@link io.gitopstoolkit.apply.health}.
 *
 * @see <a href="https://github.com/fluxcd/pkg/tree/main/ssa">Flux: ssa</a>
 */
@NullMarked
package io.gitopstoolkit.apply;

import org.jspecify.annotations.NullMarked;
