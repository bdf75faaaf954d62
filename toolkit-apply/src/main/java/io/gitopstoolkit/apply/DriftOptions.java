package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.ManifestSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What the builder of a {@link DriftWatcher} was told. */
record DriftOptions(Supplier<ManifestSet> delivered, DriftMode mode, DriftListener listener, RandomGenerator random) {}
