package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.ManifestSet;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Sets the options of a {@link DriftWatcher}. Not safe between threads. */
public final class DriftWatcherBuilder {
    private final Applier applier;
    private final Supplier<ManifestSet> delivered;
    private DriftMode mode = DriftMode.DETECT;
    private DriftListener listener = DriftListener.NONE;
    private RandomGenerator random = new Random();

    DriftWatcherBuilder(Applier applier, Supplier<ManifestSet> delivered) {
        this.applier = applier;
        this.delivered = delivered;
    }

    /** What is done about drift of objects that do not say it themselves. Default: {@link DriftMode#DETECT}. */
    public DriftWatcherBuilder mode(DriftMode does) {
        this.mode = requireNonNull(does, "does");
        return this;
    }

    /** Hears of drift. Default: {@link DriftListener#NONE}. */
    public DriftWatcherBuilder listener(DriftListener hears) {
        this.listener = requireNonNull(hears, "hears");
        return this;
    }

    /** Spreads the pauses before a lost watch is tried again. Default: a generator of its own, with a seed of its own. */
    public DriftWatcherBuilder random(RandomGenerator spreads) {
        this.random = requireNonNull(spreads, "spreads");
        return this;
    }

    /** The watcher, which does nothing before it is {@linkplain DriftWatcher#start started}. */
    public DriftWatcher build() {
        return new DriftWatcher(applier, new DriftOptions(delivered, mode, listener, random));
    }
}
