package io.gitopstoolkit.apply;

import io.gitopstoolkit.apply.internal.ApplyOrder.Stage;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a delivery goes from stage to stage.
 *
 * @param kinds that come before the rest, as {@code <group>/<kind>}, those of the core group without the slash
 * @param limit of the wait for a stage
 * @param goesOn whether what failed does not hold back what does not need it
 */
record Staging(Set<String> kinds, Duration limit, boolean goesOn) {
    static final Staging DEFAULT = new Staging(Set.of(), Duration.ofSeconds(60), false);
    private static final Pattern FORM = Pattern.compile("([a-z0-9.-]+/)?[A-Za-z][A-Za-z0-9]*");

    Staging {
        kinds = Set.copyOf(kinds);
        for (String kind : kinds) {
            if (!FORM.matcher(kind).matches()) {
                throw new IllegalArgumentException(
                        "a kind of a stage is written as <group>/<kind>, or <kind> for the core group, not '" + kind
                                + "'");
            }
        }
    }

    Staging withKinds(Set<String> others) {
        return new Staging(others, limit, goesOn);
    }

    Staging withLimit(Duration other) {
        return new Staging(kinds, other, goesOn);
    }

    Staging continuing() {
        return new Staging(kinds, limit, true);
    }

    /** The stage of a target. */
    Stage of(Target target) {
        Stage stage = target.stage();
        String group = target.ref().group();
        String kind = group.isEmpty()
                ? target.ref().kind()
                : group + '/' + target.ref().kind();
        return stage == Stage.REST && kinds.contains(kind) ? Stage.CUSTOM : stage;
    }
}
