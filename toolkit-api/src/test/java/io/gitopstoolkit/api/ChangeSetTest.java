package io.gitopstoolkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeSetTest {
    private static final Revision REVISION = Revision.parse("main");

    private final ChangeSet changes = new ChangeSet(
            REVISION,
            List.of(
                    change("a", Action.UNCHANGED),
                    change("b", Action.CREATED),
                    change("c", Action.FAILED),
                    change("d", Action.CREATED)));

    @Test
    void printsTheLinesOfFluxsChangeLog() {
        assertThat(changes).hasToString("Pod/ns/a unchanged\nPod/ns/b created\nPod/ns/c failed: why\nPod/ns/d created");
    }

    @Test
    void countsInTheOrderOfActions() {
        assertThat(changes.summary()).isEqualTo("2 created, 1 unchanged, 1 failed");
        assertThat(new ChangeSet(REVISION, List.of()).summary()).isEqualTo("no objects");
    }

    @Test
    void picksOneAction() {
        assertThat(changes.only(Action.CREATED))
                .extracting(change -> change.ref().name())
                .containsExactly("b", "d");
        assertThat(changes.only(Action.DELETED)).isEmpty();
    }

    @Test
    void isAppendedTo() {
        ChangeSet later = new ChangeSet(Revision.parse("later"), List.of(change("e", Action.DELETED)));
        assertThat(changes.plus(later).changes()).hasSize(5).endsWith(change("e", Action.DELETED));
        assertThat(changes.plus(later).revision()).isEqualTo(REVISION);
        assertThat(changes.changes()).hasSize(4);
    }

    @Test
    void copiesItsList() {
        var list = new ArrayList<>(changes.changes());
        var set = new ChangeSet(REVISION, list);
        list.clear();
        assertThat(set.changes()).hasSize(4);
        assertThatThrownBy(() -> set.changes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @EnumSource
    void isChangedByEveryActionButTwo(Action action) {
        boolean changed = action != Action.UNCHANGED && action != Action.SKIPPED;
        assertThat(new ChangeSet(REVISION, List.of(change("a", action))).isChanged())
                .isEqualTo(changed);
        assertThat(action.toString()).isEqualTo(action.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static Change change(String name, Action action) {
        return new Change(new ObjectRef("", "Pod", "ns", name), "v1", action, action == Action.FAILED ? "why" : "");
    }
}
