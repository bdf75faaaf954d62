/** Objects as the rows and columns that kubectl prints. */
@NullMarked
package io.gitopstoolkit.testkit.internal.table;

import org.jspecify.annotations.NullMarked;
