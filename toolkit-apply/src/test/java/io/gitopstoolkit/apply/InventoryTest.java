package io.gitopstoolkit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gitopstoolkit.api.Action;
import io.gitopstoolkit.api.Change;
import io.gitopstoolkit.api.ChangeSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.Inventory.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {
    private static Entry entry(String name) {
        return new Entry(new ObjectRef("", "ConfigMap", "apps", name), "v1");
    }

    private static Inventory inventory(String... names) {
        return new Inventory(Arrays.stream(names).map(InventoryTest::entry).toList());
    }

    @Nested
    class Ids {
        @ParameterizedTest
        @CsvSource({
            "apps, Deployment, default, podinfo, v1, default_podinfo_apps_Deployment",
            "'', Namespace, '', apps, v1, _apps__Namespace",
            "rbac.authorization.k8s.io, ClusterRole, '', system:x, v1, _system__x_rbac.authorization.k8s.io_ClusterRole",
            "rbac.authorization.k8s.io, Role, a, a:b:c, v1, a_a__b__c_rbac.authorization.k8s.io_Role",
            "example.org, ClusterRole, '', x, v1alpha1, _x_example.org_ClusterRole",
        })
        void areThoseOfFlux(String group, String kind, String namespace, String name, String version, String id) {
            var entry = new Entry(new ObjectRef(group, kind, namespace, name), version);
            assertThat(entry.id()).isEqualTo(id);
            assertThat(Entry.parse(id, version)).isEqualTo(entry);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "_", "a_b", "a_b_c", "a___Kind", "a_b_c_", "a"})
        void areRefusedWhereAPartIsMissing(String id) {
            assertThatIllegalArgumentException().isThrownBy(() -> Entry.parse(id, "v1"));
        }
    }

    @Test
    void holdsEachObjectOnceInOrder() {
        assertThat(inventory("b", "a", "b").refs()).extracting(ObjectRef::name).containsExactly("a", "b");
    }

    @Test
    void holdsWhatAChangeSetLeftInTheCluster() {
        var changes = new ArrayList<Change>();
        for (Action action : Action.values()) {
            changes.add(new Change(entry(action.toString()).ref(), "v1", action, ""));
        }
        var inventory = Inventory.of(new ChangeSet(new Revision("main", null), changes));
        assertThat(inventory).isEqualTo(inventory("created", "configured", "unchanged"));
    }

    @Test
    void keepsTheLaterVersionOfAnObject() {
        var ref = new ObjectRef("example.org", "Widget", "apps", "w");
        var before = new Inventory(List.of(new Entry(ref, "v1alpha1")));
        var after = before.beforeApplying(new Inventory(List.of(new Entry(ref, "v1"))));
        assertThat(after.entries())
                .singleElement()
                .extracting(Entry::apiVersion)
                .isEqualTo("example.org/v1");
    }

    /** The law on a model of a cluster: deliveries of random sets that crash at a random step, one after the other. */
    @Nested
    class TheLaw {
        private final TreeSet<ObjectRef> cluster = new TreeSet<>();
        private final Set<ObjectRef> undeletable = new HashSet<>();
        private Inventory stored = Inventory.empty();
        private int stepsLeft;

        @Test
        void orphansNothingWhateverTheInstantOfACrash() {
            long seed = Long.getLong("test.seed", 1);
            var random = new Random(seed);
            for (int run = 0; run < 2_000; run++) {
                Inventory desired = some(random);
                undeletable.clear();
                some(random).refs().stream().limit(random.nextInt(3)).forEach(undeletable::add);
                stepsLeft = random.nextInt(40);
                boolean finished = deliver(desired);
                assertThat(stored.refs()).as("seed %d, run %d", seed, run).containsAll(cluster);
                if (finished) {
                    assertThat(cluster).as("seed %d, run %d", seed, run).containsAll(desired.refs());
                    assertThat(stored.refs()).as("seed %d, run %d", seed, run).containsExactlyElementsOf(cluster);
                }
            }
        }

        private boolean deliver(Inventory desired) {
            Inventory before = stored;
            if (crashes()) {
                return false;
            }
            stored = before.beforeApplying(desired);
            for (ObjectRef ref : desired.refs()) {
                if (crashes()) {
                    return false;
                }
                cluster.add(ref);
            }
            var gone = new ArrayList<ObjectRef>();
            for (ObjectRef ref : before.without(desired.refs()).refs()) {
                if (crashes()) {
                    return false;
                }
                if (!undeletable.contains(ref)) {
                    cluster.remove(ref);
                    gone.add(ref);
                } else if (!cluster.contains(ref)) {
                    gone.add(ref);
                }
            }
            if (crashes()) {
                return false;
            }
            stored = before.afterApplying(desired, gone);
            return true;
        }

        private boolean crashes() {
            return stepsLeft-- == 0;
        }

        private static Inventory some(Random random) {
            return new Inventory(random.ints(random.nextInt(12), 0, 15)
                    .mapToObj(i -> entry("object-" + i))
                    .toList());
        }
    }
}
