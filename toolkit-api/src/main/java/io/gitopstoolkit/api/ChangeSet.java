package io.gitopstoolkit.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a delivery did, object by object, in the order in which it was done.
 *
 * @param revision what was delivered
 * @param changes in order
 */
public record ChangeSet(Revision revision, List<Change> changes) {
    /** Copies the list. */
    public ChangeSet {
        requireNonNull(revision, "revision");
        changes = List.copyOf(changes);
    }

    /** The changes with this action, in order. */
    public List<Change> only(Action action) {
        requireNonNull(action, "action");
        return changes.stream().filter(change -> change.action() == action).toList();
    }

    /** Whether anything differed: true if any change {@linkplain Change#isChanged did}. */
    public boolean isChanged() {
        return changes.stream().anyMatch(Change::isChanged);
    }

    /** These changes and then those of {@code later}, under the revision of this set. */
    public ChangeSet plus(ChangeSet later) {
        var both = new ArrayList<>(changes);
        both.addAll(later.changes);
        return new ChangeSet(revision, both);
    }

    /** How many of each action, such as {@code 3 created, 1 configured, 12 unchanged}; {@code no objects} for none. */
    public String summary() {
        Map<Action, Integer> counts = new EnumMap<>(Action.class);
        changes.forEach(change -> counts.merge(change.action(), 1, Integer::sum));
        if (counts.isEmpty()) {
            return "no objects";
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** One line for each change, as in Flux's change log. */
    @Override
    public String toString() {
        return changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
    }
}
