/** One delivery, end to end: Git, render, apply, notify. */
@NullMarked
package io.gitopstoolkit.samples.quickstart;

import org.jspecify.annotations.NullMarked;
