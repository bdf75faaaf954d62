/**
 * The words that the building blocks share, and the contracts by which they combine.
 *
 * <p>Values: {@link io.gitopstoolkit.api.Revision}, {@link io.gitopstoolkit.api.Digest},
 * {@link io.gitopstoolkit.api.Artifact}, {@link io.gitopstoolkit.api.FileTree},
 * {@link io.gitopstoolkit.api.ObjectRef}, {@link io.gitopstoolkit.api.Manifest},
 * {@link io.gitopstoolkit.api.ManifestSet}, {@link io.gitopstoolkit.api.ChangeSet},
 * {@link io.gitopstoolkit.api.Event}. They are immutable, deeply, and safe between threads.
 *
 * <p>Stages: {@link io.gitopstoolkit.api.Source} fetches, {@link io.gitopstoolkit.api.Renderer} renders,
 * {@link io.gitopstoolkit.api.Transformer} changes what was rendered, {@link io.gitopstoolkit.api.EventSink} tells.
 * Every blocking call takes a {@link io.gitopstoolkit.api.Deadline} and throws a
 * {@link io.gitopstoolkit.api.ToolkitException} that says why, and whether to try again.
 */
@NullMarked
package io.gitopstoolkit.api;

import org.jspecify.annotations.NullMarked;
