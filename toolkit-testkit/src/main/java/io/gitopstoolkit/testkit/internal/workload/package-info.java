/** What controllers and nodes would write into the status of workloads. */
@NullMarked
package io.gitopstoolkit.testkit.internal.workload;

import org.jspecify.annotations.NullMarked;
