package io.gitopstoolkit.archtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. */
class ModulesTest {
    /** Libraries, and the modules that may use them. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("com.fasterxml", Set.of("notify")),
            Map.entry("com.google.re2j", Set.of("apply", "kustomize", "notify", "source", "testkit")),
            Map.entry("com.sun.net.httpserver", Set.of("testkit")),
            Map.entry("dev.cel", Set.of("cel", "testkit")),
            Map.entry("io.fabric8", Set.of("apply", "testkit")),
            Map.entry("org.apache.sshd", Set.of("testkit")),
            Map.entry("org.bouncycastle", Set.of()),
            Map.entry("org.eclipse.jgit", Set.of("source", "testkit")),
            Map.entry("org.junit", Set.of("testkit")),
            Map.entry("org.slf4j", Set.of("apply", "source", "testkit")),
            Map.entry("org.snakeyaml", Set.of("testkit")),
            Map.entry("tools.jackson", Set.of()));

    static Set<String> modules() {
        return House.CLASSES.keySet();
    }

    static Stream<String> libraries() {
        return LIBRARIES.keySet().stream().sorted();
    }

    @Test
    void areAllLookedAt() {
        var counts = new TreeMap<String, Integer>();
        House.classes().forEach(javaClass -> counts.merge(House.moduleOf(javaClass), 1, Integer::sum));
        assertThat(counts.keySet()).isEqualTo(House.CLASSES.keySet());
        House.CLASSES.forEach(
                (module, least) -> assertThat(counts.get(module)).as(module).isGreaterThanOrEqualTo(least));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void knowTheApiAlone(String module) {
        noClasses()
                .that()
                .resideInAPackage(House.packageOf(module))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of another module than " + module + " and api",
                        (JavaClass other) -> other.getPackageName().startsWith(House.ROOT + ".")
                                && !List.of("api", module).contains(House.moduleOf(other))))
                .check(House.classes());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void keepTheirInternalsToThemselves(String module) {
        noClasses()
                .that()
                .resideOutsideOfPackage(House.packageOf(module))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(House.ROOT + "." + module + "..internal..")
                .check(House.classes());
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void useTheirLibrariesAlone(String library) {
        Set<String> allowed = LIBRARIES.getOrDefault(library, Set.of());
        List<String> others = modules().stream()
                .filter(module -> !allowed.contains(module))
                .map(House::packageOf)
                .toList();
        noClasses()
                .that()
                .resideInAnyPackage(others.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(House.classes());
    }

    /** A public package holds what its internals are called by as well as what they throw and return. */
    @Test
    void haveNoCyclesOfPackagesButThoseOfInternalsWithTheirPublicTypes() {
        slices().matching(House.ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        JavaClass.Predicates.resideInAPackage("..internal.."),
                        JavaClass.Predicates.resideOutsideOfPackage("..internal.."))
                .check(House.classes());
    }

    @Test
    void areNullMarkedPackageByPackage() {
        var unmarked = new TreeSet<String>();
        for (JavaClass javaClass : House.classes()) {
            if (!javaClass.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                unmarked.add(javaClass.getPackageName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void renderWithoutNetworkClusterLogEnvironmentAndClock() {
        noClasses()
                .that()
                .resideInAPackage(House.packageOf("kustomize"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "javax.net..", "org.slf4j..", "java.util.logging..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.nio.file.Files.class, java.net.Socket.class, java.util.Random.class)
                .check(House.classes());
    }
}
