/** Addresses of repositories and files elsewhere, as kustomize reads them. */
@NullMarked
package io.gitopstoolkit.kustomize.internal.remote;

import org.jspecify.annotations.NullMarked;
