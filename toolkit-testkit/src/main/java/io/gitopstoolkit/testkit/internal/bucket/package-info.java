/** A server of buckets that speaks S3's protocol, in memory. */
@NullMarked
package io.gitopstoolkit.testkit.internal.bucket;

import org.jspecify.annotations.NullMarked;
