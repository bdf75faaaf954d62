package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that delivers is killed at a random instant, again and again. The property {@code crash.kills} says how often,
 * {@code test.seed} picks the sets and the instants. Where too many had ended before, as on a machine that is faster than
 * was guessed, more are killed.
 */
abstract class KillBehavior {
    private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(60);
    /** So many programs are got ready while one runs. */
    private static final int AHEAD = 2;

    private final long seed = Long.getLong("test.seed", 1);
    private final Random random = new Random(seed);
    private final Queue<Program> ready = new ArrayDeque<>();
    private final KubernetesClient client;
    private final String name;
    private final Owner owner;
    private final Applier applier;
    private Path kubeconfig = Path.of("");
    private Duration usual = Duration.ofMillis(300);

    KillBehavior(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
        this.owner = KilledDelivery.owner(name, client.getNamespace());
        this.applier = KilledDelivery.applier(client, owner);
    }

    abstract String kubeconfig();

    abstract int kills();

    @Test
    void orphansAndMissesNothingAfterTheNextRun(@TempDir Path directory) throws IOException {
        kubeconfig = Files.writeString(directory.resolve("kubeconfig"), kubeconfig());
        int inTheMiddle = 0;
        try {
            for (int run = 0; run < kills() || (inTheMiddle <= kills() / 4 && run < 10 * kills()); run++) {
                while (ready.size() < AHEAD) {
                    ready.add(start());
                }
                inTheMiddle += killed(ready.remove(), run) ? 1 : 0;
                Set<ObjectRef> there = inTheCluster();
                assertThat(applier.inventory(soon()).refs())
                        .as("inventory after the kill, seed %d, run %d", seed, run)
                        .containsAll(there);
                completes(run);
            }
        } finally {
            ready.forEach(Program::kill);
        }
        assertThat(inTheMiddle)
                .as("deliveries that had not ended when they were killed, for %d that were to be", kills())
                .isGreaterThan(kills() / 4);
        applier.uninstall(soon());
    }

    private Program start() throws IOException {
        return Program.start(
                KilledDelivery.class, List.of(kubeconfig.toString(), owner.namespace(), name, Long.toString(seed)));
    }

    /** Lets the program deliver, and kills it after a time that is shorter than usual as often as it is longer. */
    private boolean killed(Program program, int run) {
        program.expect("ready", LONGEST_DELIVERY);
        program.say(Integer.toString(run));
        boolean ended = program.endsWithin(Duration.ofNanos((long) (usual.toNanos() * 2 * random.nextDouble())));
        program.kill();
        usual = ended
                ? usual.multipliedBy(9).dividedBy(10)
                : usual.multipliedBy(21).dividedBy(20);
        return !ended;
    }

    /** The next run, which wants the same or something else, leaves exactly that. */
    private void completes(int run) {
        ManifestSet desired = KilledDelivery.desired(seed, random.nextBoolean() ? run : run + 1, name);
        Set<ObjectRef> wanted = desired.manifests().stream()
                .map(manifest -> manifest.kind().equals("CustomResourceDefinition")
                        ? manifest.ref()
                        : new ObjectRef(
                                manifest.ref().group(),
                                manifest.kind(),
                                owner.namespace(),
                                manifest.ref().name()))
                .collect(Collectors.toCollection(TreeSet::new));
        untilTheDefinitionIsSettled(desired, wanted);
        assertThat(inTheCluster())
                .as("in the cluster, seed %d, run %d", seed, run)
                .isEqualTo(wanted);
        assertThat(applier.inventory(soon()).refs())
                .as("inventory, seed %d, run %d", seed, run)
                .containsExactlyElementsOf(wanted);
    }

    /** A definition that was deleted goes in its own time, and cannot be created again before. */
    private void untilTheDefinitionIsSettled(ManifestSet desired, Set<ObjectRef> wanted) {
        Deadline deadline = Deadline.after(LONGEST_DELIVERY);
        while (true) {
            boolean going = definitionIsGoing();
            try {
                applier.apply(desired, deadline);
                if (!going && !definitionIsGoing()) {
                    // Where the run itself deleted the definition, it was gone before its inventory was written, or
                    // not.
                    if (applier.inventory(deadline).refs().size() != wanted.size()) {
                        applier.apply(desired, deadline);
                    }
                    return;
                }
            } catch (ApplyException e) {
                assertThat(going || definitionIsGoing() || !definitionIsThere())
                        .as("%s", e)
                        .isTrue();
            }
            deadline.pause(Duration.ofMillis(50), "wait for the definition");
        }
    }

    private boolean definitionIsGoing() {
        var found = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition())
                .get();
        return found != null && found.getMetadata().getDeletionTimestamp() != null;
    }

    private boolean definitionIsThere() {
        return client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(definition())
                        .get()
                != null;
    }

    private String definition() {
        return "widgets." + KilledDelivery.group(name);
    }

    private Set<ObjectRef> inTheCluster() {
        var found = new TreeSet<ObjectRef>();
        find(found, "", "v1", "ConfigMap", "configmaps");
        find(found, "", "v1", "Secret", "secrets");
        find(found, "apps", "v1", "Deployment", "deployments");
        found.remove(owner.inventoryRef());
        if (definitionIsThere()) {
            found.add(new ObjectRef("apiextensions.k8s.io", "CustomResourceDefinition", "", definition()));
            find(found, KilledDelivery.group(name), "v1", "Widget", "widgets");
        }
        return found;
    }

    private void find(Set<ObjectRef> found, String group, String version, String kind, String plural) {
        var context = new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
        for (GenericKubernetesResource item : client.genericKubernetesResources(context)
                .inNamespace(owner.namespace())
                .withLabels(owner.labels())
                .list()
                .getItems()) {
            found.add(new ObjectRef(
                    group, kind, owner.namespace(), item.getMetadata().getName()));
        }
    }
}
