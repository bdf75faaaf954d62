package io.gitopstoolkit.kustomize.internal.load;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.load.Transformations.Step;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.transform.ReplacementTransformer;
import io.gitopstoolkit.kustomize.internal.transform.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plugins that {@code generators}, {@code transformers} and {@code validators} of a kustomization configure. */
final class Plugins {
    private final Site site;
    private final Target target;

    Plugins(Site site, Target target) {
        this.site = site;
        this.target = target;
    }

    /**
     * A configuration of a plugin.
     *
     * @param field the list that it comes from
     * @param object the configuration
     * @param note what to note of the plugin in what it makes or changes, or null
     */
    private record Config(
            String field, Resource object, @Nullable String note) {}

    Site site() {
        return site;
    }

    /** Adds what the generators make. */
    void generate(Kustomization kustomization, Accumulator accumulator) {
        for (Config config : configs("generators", kustomization.generators)) {
            target.absorb(accumulator, config.field, () -> generated(config), config.note);
        }
    }

    /** The transformers, in order. */
    List<Step> transformers(Kustomization kustomization) {
        return steps("transformers", kustomization.transformers);
    }

    /**
     * Runs the validators.
     *
     * @throws KustomizeException if one finds fault with the resources, or changes them
     */
    void validate(Kustomization kustomization, ResourceSet resources) {
        for (Step validator : steps("validators", kustomization.validators)) {
            Target.located(site.path(), validator.field(), () -> {
                var before = new ResourceSnapshot(resources);
                validator.transformer().transform(resources);
                // A replacement writes into the node that is there, a function makes all anew.
                before.checkUnchanged(
                        resources,
                        validator.transformer() instanceof ReplacementTransformer
                                || validator.transformer() instanceof Functions);
                return true;
            });
        }
    }

    private List<Step> steps(String field, List<String> entries) {
        var steps = new ArrayList<Step>();
        for (Config config : configs(field, entries)) {
            steps.add(new Step(
                    config.field, config.note, Target.located(site.path(), config.field, () -> transformer(config))));
        }
        return steps;
    }

    private List<Resource> generated(Config config) {
        return BuiltinPlugins.isBuiltin(config.object)
                ? new BuiltinPlugins(site, config.object).generate()
                : new Functions(site.build(), config.object).generate();
    }

    private Transformer transformer(Config config) {
        return BuiltinPlugins.isBuiltin(config.object)
                ? new BuiltinPlugins(site, config.object).transformer()
                : new Functions(site.build(), config.object);
    }

    /** What a list names: first what stands in it, then what is in files and directories. */
    private List<Config> configs(String field, List<String> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        var gathered = new Accumulator();
        var paths = new TreeMap<Integer, String>();
        for (int i = 0; i < entries.size(); i++) {
            List<Resource> inline = inline(entries.get(i));
            if (inline == null) {
                paths.put(i, entries.get(i));
                continue;
            }
            Target.located(site.path(), at(field, i), () -> {
                site.build().countResources(inline.size());
                for (Resource config : inline) {
                    if (site.origin() != null) {
                        site.origin().append(site.fileName()).noteFile(config);
                    }
                    gathered.resources().add(config);
                }
                return true;
            });
        }
        paths.forEach((i, path) -> target.addResource(gathered, path, at(field, i), site.origin()));
        var configs = new ArrayList<Config>();
        for (Resource config : gathered.resources().list()) {
            configs.add(new Config(
                    field, config, Origin.ofPlugin(config, site.build().yaml())));
        }
        return configs;
    }

    /** The objects in a text; null where it is none with objects, and so a path. */
    private @Nullable List<Resource> inline(String text) {
        try {
            return new ResourceReader(site.build()).read(text, "an entry");
        } catch (KustomizeException e) {
            return null;
        }
    }

    private static String at(String field, int position) {
        return field + '[' + position + ']';
    }
}
