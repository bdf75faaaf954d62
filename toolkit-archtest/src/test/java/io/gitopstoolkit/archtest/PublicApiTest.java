package io.gitopstoolkit.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users see: everything public outside of internal packages. */
class PublicApiTest {
    /** Where a name of a third party may be seen, by the module that shows it. */
    private static final Map<String, List<String>> SHOWN = Map.of(
            "apply", List.of("io.fabric8.kubernetes.client."),
            "testkit", List.of("io.fabric8.kubernetes.client.", "org.junit.jupiter.api."));

    @Test
    void namesNoThirdParty() {
        var violations = new TreeSet<String>();
        int seen = 0;
        for (JavaClass javaClass : House.classes()) {
            if (isApi(javaClass)) {
                seen++;
                collectForeign(javaClass, violations);
            }
        }
        assertThat(seen).isGreaterThan(60);
        assertThat(violations).isEmpty();
    }

    @Test
    void namesNoInternalType() {
        var violations = new TreeSet<String>();
        for (JavaClass javaClass : House.classes()) {
            if (isApi(javaClass)) {
                types(javaClass)
                        .forEach((where, types) -> types.stream()
                                .filter(type -> type.startsWith(House.ROOT) && type.contains(".internal."))
                                .forEach(type -> violations.add(where + " shows " + type)));
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void hasClassesThatAreFinalOrMeantForExtension() {
        var open = new TreeSet<String>();
        for (JavaClass javaClass : House.classes()) {
            Set<JavaModifier> modifiers = javaClass.getModifiers();
            if (isApi(javaClass)
                    && !javaClass.isInterface()
                    && !javaClass.isEnum()
                    && !modifiers.contains(JavaModifier.FINAL)
                    && !modifiers.contains(JavaModifier.ABSTRACT)) {
                open.add(javaClass.getName());
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void hasNamesThatSayWhatATypeIs() {
        assertThat(House.classes().stream()
                        .filter(javaClass ->
                                javaClass.getSimpleName().matches("Abstract[A-Z].*|.+(Utils?|Helper|Manager|Impl)")))
                .isEmpty();
    }

    @Test
    void throwsExceptionsWithAReason() {
        List<JavaClass> exceptions = House.classes().stream()
                .filter(javaClass -> javaClass.isAssignableTo(Throwable.class))
                .filter(PublicApiTest::isApi)
                .toList();
        assertThat(exceptions).hasSizeGreaterThanOrEqualTo(5);
        assertThat(exceptions).allSatisfy(exception -> {
            assertThat(exception.isAssignableTo(House.ROOT + ".api.ToolkitException"))
                    .isTrue();
            if (!exception.getSimpleName().equals("ToolkitException")) {
                assertThat(exception.tryGetMethod("why"))
                        .as(exception + ".why()")
                        .isPresent();
            }
        });
    }

    private static boolean isApi(JavaClass javaClass) {
        if (javaClass.getPackageName().contains(".internal")
                || javaClass.getSimpleName().isEmpty()
                || !javaClass.getModifiers().contains(JavaModifier.PUBLIC)) {
            return false;
        }
        return javaClass.getEnclosingClass().map(PublicApiTest::isApi).orElse(true);
    }

    private static void collectForeign(JavaClass javaClass, Set<String> violations) {
        List<String> shown = SHOWN.getOrDefault(House.moduleOf(javaClass), List.of());
        types(javaClass)
                .forEach((where, types) -> types.stream()
                        .filter(type -> !type.startsWith("java.") && !type.startsWith("javax.net.ssl."))
                        .filter(type -> !type.startsWith(House.ROOT + ".") && type.contains("."))
                        .filter(type -> shown.stream().noneMatch(type::startsWith))
                        .forEach(type -> violations.add(where + " shows " + type)));
    }

    /** The names of the types in each signature, by what has the signature. */
    private static Map<String, Set<String>> types(JavaClass javaClass) {
        var types = new TreeMap<String, Set<String>>();
        List<JavaType> parents = new ArrayList<>(javaClass.getInterfaces());
        javaClass.getSuperclass().ifPresent(parents::add);
        types.put(javaClass.getName(), names(parents.stream()));
        for (JavaMember member : javaClass.getMembers()) {
            Set<JavaModifier> modifiers = member.getModifiers();
            boolean visible = modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
            if (visible && !modifiers.contains(JavaModifier.SYNTHETIC)) {
                types.put(member.getFullName(), names(signature(member)));
            }
        }
        return types;
    }

    private static Stream<JavaType> signature(JavaMember member) {
        if (member instanceof JavaCodeUnit unit) {
            return Stream.of(
                            Stream.of(unit.getReturnType()),
                            unit.getParameterTypes().stream(),
                            unit.getExceptionTypes().stream().map(JavaType.class::cast))
                    .flatMap(each -> each);
        }
        return Stream.of(((com.tngtech.archunit.core.domain.JavaField) member).getType());
    }

    private static Set<String> names(Stream<JavaType> types) {
        var names = new TreeSet<String>();
        types.forEach(type -> type.getAllInvolvedRawTypes()
                .forEach(raw -> names.add(raw.getBaseComponentType().getName())));
        return names;
    }
}
