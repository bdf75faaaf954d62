/** A small operator of Java Operator SDK. */
@NullMarked
package io.gitopstoolkit.testkit.operator;

import org.jspecify.annotations.NullMarked;
