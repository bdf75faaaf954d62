/** A cluster that stays as a Git repository says: each commit delivered, failures taken back, drift corrected. */
@NullMarked
package io.gitopstoolkit.samples.continuous;

import org.jspecify.annotations.NullMarked;
