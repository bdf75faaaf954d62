/** JSON and YAML as trees of plain data. */
@NullMarked
package io.gitopstoolkit.testkit.internal.json;

import org.jspecify.annotations.NullMarked;
