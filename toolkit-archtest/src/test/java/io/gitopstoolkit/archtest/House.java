package io.gitopstoolkit.archtest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is looked at: the classes of every published module, and the sources of every module. */
final class House {
    static final String ROOT = "io.gitopstoolkit";

    /** The published modules with the least number of classes that each has, so that no rule passes empty. */
    static final Map<String, Integer> CLASSES = new TreeMap<>(
            Map.of("api", 40, "apply", 50, "cel", 7, "kustomize", 100, "notify", 25, "source", 30, "testkit", 100));

    /** The directory of the parent project; tests run in that of their module. */
    static final Path BASE = Path.of("..").toAbsolutePath().normalize();

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/archtest/"))
            .importPackages(ROOT);

    private House() {}

    static JavaClasses classes() {
        return ALL;
    }

    /** The name of the module of a class of ours, such as {@code api}. */
    static String moduleOf(JavaClass javaClass) {
        return javaClass.getPackageName().substring(ROOT.length() + 1).split("\\.", 2)[0];
    }

    static String packageOf(String module) {
        return ROOT + "." + module + "..";
    }

    /** Every Java file of a module's folder, such as {@code src/main/java}, over all modules. */
    static List<Path> sources(String folder) {
        try (Stream<Path> modules = Files.find(
                BASE, 2, (path, attributes) -> Files.exists(path.resolve("pom.xml")) && !path.equals(BASE))) {
            return modules.map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .flatMap(House::javaFiles)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
