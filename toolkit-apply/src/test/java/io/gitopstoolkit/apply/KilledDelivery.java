package io.gitopstoolkit.apply;

import static io.gitopstoolkit.apply.Given.configMap;
import static io.gitopstoolkit.apply.Given.definition;
import static io.gitopstoolkit.apply.Given.deployment;
import static io.gitopstoolkit.apply.Given.manifest;
import static io.gitopstoolkit.apply.Given.secret;
import static io.gitopstoolkit.apply.Given.set;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The program that {@link KillBehavior} kills: gets ready, waits for the number of a run on its standard input, delivers
 * the set of that run, and says {@code done}.
 */
final class KilledDelivery {
    private KilledDelivery() {}

    /** Arguments: a file with a kubeconfig, the namespace, the owner's name, the seed. */
    public static void main(String[] args) throws IOException {
        var config = Config.fromKubeconfig(Files.readString(Path.of(args[0])));
        config.setNamespace(args[1]);
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            var owner = owner(args[2], args[1]);
            var applier = applier(client, owner);
            applier.inventory(Given.soon());
            System.out.println("ready");
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String run = in.readLine(); run != null; run = in.readLine()) {
                try {
                    applier.apply(desired(Long.parseLong(args[3]), Integer.parseInt(run), args[2]), Given.soon());
                    System.out.println("done");
                } catch (ApplyException e) {
                    System.out.println("failed " + e.getMessage());
                }
            }
        }
    }

    static Owner owner(String name, String namespace) {
        return new Owner("tester", "delivery.example.org", name, namespace);
    }

    static Applier applier(KubernetesClient client, Owner owner) {
        return Applier.builder(client, owner)
                .prunePolicy(PrunePolicy.standard().allowAll())
                .build();
    }

    static String group(String name) {
        return name + ".example.org";
    }

    /** What is wanted in one run: some objects of each kind, and mostly a definition with objects of its kind. */
    static ManifestSet desired(long seed, int run, String name) {
        var random = new Random(seed * 1_000_003 + run);
        var manifests = new ArrayList<Manifest>();
        some(random, 14).forEach(i -> manifests.add(configMap(name + "-map-" + i, "color-" + random.nextInt(3))));
        some(random, 4).forEach(i -> manifests.add(secret(name + "-secret-" + i, "value-" + random.nextInt(3))));
        some(random, 4).forEach(i -> manifests.add(deployment(name + "-web-" + i, "web:" + random.nextInt(3))));
        if (random.nextInt(8) > 0) {
            manifests.add(definition(group(name), "Widget"));
            some(random, 4).forEach(i -> manifests.add(manifest("""
                    apiVersion: %s/v1
                    kind: Widget
                    metadata: {name: %s}
                    spec: {size: %d}
                    """, group(name), "w-" + i, random.nextInt(3))));
        }
        return set(manifests.toArray(Manifest[]::new));
    }

    private static List<Integer> some(Random random, int of) {
        return random.ints(random.nextInt(1, of + 1), 0, of).distinct().boxed().toList();
    }
}
