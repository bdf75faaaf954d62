package io.gitopstoolkit.kustomize.internal.load;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.FILE_NOT_FOUND;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.INVALID_KUSTOMIZATION;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.LIMIT_EXCEEDED;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.NOT_SUPPORTED;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.REMOTE_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeOverrides;
import io.gitopstoolkit.kustomize.internal.field.TransformerConfig;
import io.gitopstoolkit.kustomize.internal.generate.ConfigMapGenerator;
import io.gitopstoolkit.kustomize.internal.generate.GeneratorArgs;
import io.gitopstoolkit.kustomize.internal.generate.SecretGenerator;
import io.gitopstoolkit.kustomize.internal.remote.RemoteFile;
import io.gitopstoolkit.kustomize.internal.remote.RepoSpec;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.transform.GeneratedMerge;
import io.gitopstoolkit.kustomize.internal.transform.Variable;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.yaml.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One kustomization of a build: gathers what it names, and changes it as it says. */
final class Target {
    static final List<String> FILE_NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private final Build build;
    private final Directory directory;
    private final String fileName;
    private final Kustomization kustomization;
    private String inheritedNamespace = "";

    private Target(Build build, Directory directory, String fileName, Kustomization kustomization) {
        this.build = build;
        this.directory = directory;
        this.fileName = fileName;
        this.kustomization = kustomization;
    }

    /** Reads the kustomization file of the directory that is built; generates and overrides it as the options say. */
    static Target start(Build build, Directory directory) {
        BuildOptions.Start options = build.options().start();
        String found = fileName(directory);
        if (found == null && !options.generated()) {
            throw missing(directory);
        }
        String fileName = found == null ? FILE_NAMES.get(0) : found;
        Node file = found == null ? directory.generated() : file(build, directory, fileName);
        KustomizeOverrides overrides = options.overrides();
        Kustomization kustomization = located(
                directory.pathOf(fileName),
                "",
                () -> overrides == null
                        ? Kustomization.of(file)
                        : Kustomization.lenient(FluxKustomization.of(file, found == null, overrides, directory)));
        return of(build, directory, fileName, kustomization);
    }

    /** Reads the kustomization file of a directory. */
    static Target load(Build build, Directory directory) {
        String fileName = fileName(directory);
        if (fileName == null) {
            throw missing(directory);
        }
        Node file = file(build, directory, fileName);
        Kustomization kustomization = located(directory.pathOf(fileName), "", () -> Kustomization.of(file));
        return of(build, directory, fileName, kustomization);
    }

    private static KustomizeException missing(Directory directory) {
        return new KustomizeException(
                FILE_NOT_FOUND,
                "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '"
                        + directory.shown() + "'");
    }

    private static @Nullable String fileName(Directory directory) {
        List<String> found = FILE_NAMES.stream().filter(directory::hasFile).toList();
        if (found.size() > 1) {
            throw new KustomizeException(
                    INVALID_KUSTOMIZATION,
                    "found multiple kustomization files under '" + directory.shown() + "': " + found + "; keep one");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private static @Nullable Node file(Build build, Directory directory, String fileName) {
        String path = directory.pathOf(fileName);
        build.check("read " + path);
        return located(
                        path,
                        "",
                        () -> Optional.ofNullable(
                                build.yaml().readOne(directory.read(fileName), path, Dialect.CONFIGURATION)))
                .orElse(null);
    }

    private static Target of(Build build, Directory directory, String fileName, Kustomization kustomization) {
        String path = directory.pathOf(fileName);
        kustomization.warnings.forEach(warning -> build.warn(path + ": " + warning));
        if (!kustomization.openApi.isEmpty()) {
            located(path, "openapi", () -> {
                build.schema().choose(kustomization.openApi, directory);
                return true;
            });
        }
        return new Target(build, directory, fileName, kustomization);
    }

    Kustomization kustomization() {
        return kustomization;
    }

    /** The namespace of charts that name none: this kustomization's, or that of the nearest above. */
    private String chartNamespace() {
        return kustomization.namespace.isEmpty() ? inheritedNamespace : kustomization.namespace;
    }

    /** The path of the kustomization file, for messages. */
    String path() {
        return directory.pathOf(fileName);
    }

    /** Builds on top of what is gathered already: nothing, or, for a component, what its parent gathered. */
    void accumulate(Accumulator accumulator, @Nullable Origin origin) {
        build.check("build " + path());
        List<String> resources = kustomization.resources;
        for (int i = 0; i < resources.size(); i++) {
            addResource(accumulator, resources.get(i), "resources[" + i + "]", origin);
        }
        refresh(accumulator.resources());
        configure(accumulator);
        readDefinitions(accumulator);
        var plugins = new Plugins(new Site(build, directory, fileName, origin), this);
        generate(accumulator, origin);
        plugins.generate(kustomization, accumulator);
        List<String> components = kustomization.components;
        for (int i = 0; i < components.size(); i++) {
            addComponent(accumulator, components.get(i), "components[" + i + "]", origin);
        }
        refresh(accumulator.resources());
        new Transformations(plugins.site(), kustomization).run(accumulator, plugins.transformers(kustomization));
        plugins.validate(kustomization, accumulator.resources());
        addVariables(accumulator);
    }

    /** Looks at ids anew where a schema may have changed what lives in a namespace. */
    private void refresh(ResourceSet resources) {
        if (build.schema().isCustom()) {
            resources.list().forEach(resources::changed);
        }
    }

    void addResource(Accumulator accumulator, String path, String field, @Nullable Origin origin) {
        if (RepoSpec.parse(path) != null) {
            addRemote(accumulator, path, field, origin);
        } else if (in(field, () -> isDirectory(path))) {
            Target base = in(field, () -> directory.open(path), child -> load(build, child));
            addBase(accumulator, base, field, origin == null ? null : origin.append(path));
        } else {
            in(field, () -> {
                addFile(accumulator, path, origin);
                return true;
            });
        }
    }

    private boolean isDirectory(String path) {
        return !path.isEmpty() && !RemoteFile.isRemote(path) && directory.isDirectory(path);
    }

    /** What could be a repository is tried as a file first; only what is none with resources is cloned. */
    private void addRemote(Accumulator accumulator, String path, String field, @Nullable Origin origin) {
        KustomizeException asFile = null;
        if (RemoteFile.isRemote(path) || directory.hasFile(path)) {
            try {
                addFile(accumulator, path, origin);
                return;
            } catch (KustomizeException e) {
                if (e.why() == NOT_SUPPORTED || e.why() == LIMIT_EXCEEDED) {
                    throw wrapped(field, e);
                }
                asFile = e;
            }
        }
        Directory root;
        try {
            root = directory.open(path);
        } catch (KustomizeException e) {
            throw wrapped(field, asFile == null ? e : neither(asFile, e));
        }
        Target base = in(field, () -> root, child -> load(build, child));
        addBase(accumulator, base, field, origin == null ? null : origin.append(path));
    }

    private static KustomizeException neither(KustomizeException asFile, KustomizeException asRepository) {
        return asFile.why() == REMOTE_FAILED || asRepository.why() != REMOTE_FAILED
                ? new KustomizeException(
                        asRepository.why(),
                        asRepository.getMessage() + "; as a file: " + asFile.getMessage(),
                        asRepository)
                : asFile;
    }

    private void addBase(Accumulator accumulator, Target base, String field, @Nullable Origin origin) {
        if (base.kustomization.isComponent) {
            throw wrapped(
                    field,
                    "expected kind != 'Component' for path '" + base.directory.shown() + "'; list it in components");
        }
        base.inheritedNamespace = chartNamespace();
        var gathered = new Accumulator();
        base.accumulate(gathered, origin);
        in(field, () -> {
            accumulator.merge(gathered);
            return true;
        });
    }

    private void addFile(Accumulator accumulator, String path, @Nullable Origin origin) {
        if (path.isEmpty()) {
            throw new KustomizeException(FILE_NOT_FOUND, "the path is empty; name a file or a directory");
        }
        List<Resource> resources = new ResourceReader(build).read(directory.content(path), directory.pathOf(path));
        build.countResources(resources.size());
        for (Resource resource : resources) {
            if (origin != null) {
                origin.append(path).noteFile(resource);
            }
            accumulator.resources().add(resource);
        }
    }

    private void addComponent(Accumulator accumulator, String path, String field, @Nullable Origin origin) {
        Target component = in(field, () -> directory.open(path), child -> load(build, child));
        component.inheritedNamespace = chartNamespace();
        if (!component.kustomization.isComponent) {
            throw wrapped(
                    field,
                    "expected kind 'Component' for path '" + RemoteFile.shown(path) + "' but got 'Kustomization'");
        }
        component.accumulate(accumulator, origin == null ? null : origin.append(path));
        in(field, () -> {
            accumulator.resources().checkUnique();
            accumulator.settleConfig();
            return true;
        });
    }

    private void configure(Accumulator accumulator) {
        List<String> configurations = kustomization.configurations;
        TransformerConfig own = TransformerConfig.EMPTY;
        for (int i = 0; i < configurations.size(); i++) {
            TransformerConfig before = own;
            String file = configurations.get(i);
            own = in("configurations[" + i + "]", () -> {
                String name = directory.pathOf(file);
                return before.merge(ConfigurationFields.read(
                        build.yaml().readOne(directory.read(file), name, Dialect.CONFIGURATION), name));
            });
        }
        TransformerConfig more = own;
        in("configurations", () -> {
            accumulator.mergeConfig(TransformerConfig.DEFAULT.merge(more));
            return true;
        });
    }

    private void readDefinitions(Accumulator accumulator) {
        List<String> definitions = kustomization.definitions;
        for (int i = 0; i < definitions.size(); i++) {
            String file = definitions.get(i);
            in("crds[" + i + "]", () -> {
                String name = directory.pathOf(file);
                String text = Build.text(directory.read(file), name);
                if (text.isEmpty()) {
                    throw new KustomizeException(INVALID_KUSTOMIZATION, name + ": it is empty; it needs definitions");
                }
                if (text.startsWith("{") && !JsonSyntax.isValid(text)) {
                    throw new KustomizeException(INVALID_KUSTOMIZATION, name + ": begins with '{' and is not JSON");
                }
                accumulator.mergeConfig(
                        Definitions.read(build.yaml().readOne(text, name, Dialect.CONFIGURATION), name));
                return true;
            });
        }
    }

    private void addVariables(Accumulator accumulator) {
        List<Variable> variables = kustomization.variables;
        for (int i = 0; i < variables.size(); i++) {
            Variable variable = variables.get(i);
            in("vars[" + i + "]", () -> {
                variable.mark(accumulator.resources());
                return true;
            });
        }
        for (int i = 0; i < variables.size(); i++) {
            Variable variable = variables.get(i);
            in("vars[" + i + "]", () -> {
                accumulator.add(variable);
                return true;
            });
        }
    }

    private void generate(Accumulator accumulator, @Nullable Origin origin) {
        List<GeneratorArgs> configMaps = kustomization.configMaps;
        for (int i = 0; i < configMaps.size(); i++) {
            var generator = new ConfigMapGenerator(configMaps.get(i));
            absorb(
                    accumulator,
                    "configMapGenerator[" + i + "]",
                    () -> List.of(generator.generate(directory::read, build.scopes())),
                    origin == null ? null : origin.configured(fileName, "ConfigMapGenerator"));
        }
        List<GeneratorArgs> secrets = kustomization.secrets;
        for (int i = 0; i < secrets.size(); i++) {
            var generator = new SecretGenerator(secrets.get(i));
            absorb(
                    accumulator,
                    "secretGenerator[" + i + "]",
                    () -> List.of(generator.generate(directory::read, build.scopes())),
                    origin == null ? null : origin.configured(fileName, "SecretGenerator"));
        }
        List<HelmFields.Args> charts = kustomization.charts;
        for (HelmFields.Args chart : charts) {
            var site = new Site(build, directory, fileName, origin);
            absorb(
                    accumulator,
                    chart.field(),
                    () -> new HelmCharts(site, chartNamespace()).generate(chart),
                    site.note("HelmChartInflationGenerator"));
        }
    }

    /** Takes in what a generator makes, with a note of it where there is one. */
    void absorb(Accumulator accumulator, String field, Supplier<List<Resource>> generator, @Nullable String note) {
        in(field, () -> {
            List<Resource> generated = generator.get();
            build.countResources(generated.size());
            for (Resource resource : generated) {
                if (note != null) {
                    Origin.noteGenerated(resource, note);
                }
                GeneratedMerge.absorb(accumulator.resources(), resource);
            }
            return true;
        });
    }

    private <T> T in(String field, Supplier<T> action) {
        return located(path(), field, action);
    }

    /** The first step is this file's business; what the second says about another file says so itself. */
    private <T> Target in(String field, Supplier<T> first, java.util.function.Function<T, Target> second) {
        T opened = in(field, first);
        try {
            return second.apply(opened);
        } catch (KustomizeException e) {
            if (e.why() == FILE_NOT_FOUND) {
                throw wrapped(field, e);
            }
            throw e;
        }
    }

    private KustomizeException wrapped(String field, String message) {
        return new KustomizeException(INVALID_KUSTOMIZATION, path() + ": " + field + ": " + message);
    }

    private KustomizeException wrapped(String field, KustomizeException e) {
        return new KustomizeException(e.why(), path() + ": " + field + ": " + e.getMessage(), e);
    }

    /** Runs something that a field asks for; an error names the file and the field. */
    static <T> T located(String path, String field, Supplier<T> action) {
        try {
            return action.get();
        } catch (KustomizeException e) {
            String prefix = field.isEmpty() ? path + ": " : path + ": " + field + ": ";
            String message = e.getMessage() == null ? "" : e.getMessage();
            throw new KustomizeException(
                    e.why(), field.isEmpty() && message.startsWith(path) ? message : prefix + message, e);
        }
    }
}
