package io.gitopstoolkit.archtest;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What no class does. */
class CodingTest {
    /** Types whose content changes, though the field does not. */
    private static final Set<String> MUTABLE = Set.of(
            "java.lang.StringBuilder",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.EnumMap",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.Random",
            "java.util.TreeMap",
            "java.util.TreeSet");

    @Test
    void nothingIsPrinted() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(House.classes());
    }

    @Test
    void nothingIsLoggedByTheJdk() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(House.classes());
    }

    @Test
    void nothingThrowsAnExceptionWithoutAName() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(House.classes());
    }

    @Test
    void nothingSleepsButTheTickerOfDeadlines() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(House.ROOT + ".api.Deadline$Ticker$1")
                .should()
                .callMethodWhere(to(Thread.class, "sleep"))
                .check(House.classes());
    }

    @Test
    void nothingReadsTheEnvironmentButTheTestkit() {
        noClasses()
                .that()
                .resideOutsideOfPackage(House.packageOf("testkit"))
                .should()
                .callMethodWhere(to(System.class, "getenv"))
                .check(House.classes());
    }

    @Test
    void nothingReadsTheClockButTheTestkitAndDeadlines() {
        noClasses()
                .that()
                .resideOutsideOfPackage(House.packageOf("testkit"))
                .and()
                .doNotHaveFullyQualifiedName(House.ROOT + ".api.Deadline$Ticker$1")
                .should()
                .callMethodWhere(to(System.class, "currentTimeMillis")
                        .or(to(System.class, "nanoTime"))
                        .or(to(Instant.class, "now"))
                        .or(to(Clock.class, "systemUTC"))
                        .or(to(Clock.class, "systemDefaultZone")))
                .check(House.classes());
    }

    @Test
    void nothingEndsTheProcess() {
        noClasses()
                .should()
                .callMethodWhere(to(System.class, "exit").or(to(Runtime.class, "halt")))
                .check(House.classes());
    }

    @Test
    void noStaticFieldHoldsState() {
        fields().that(DescribedPredicate.describe(
                        "are static",
                        field -> field.getModifiers().contains(STATIC)
                                && !field.getModifiers().contains(SYNTHETIC)))
                .should(new ArchCondition<>("be final and not of a type that changes") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        String type = field.getRawType().getName();
                        if (!field.getModifiers().contains(FINAL)
                                || MUTABLE.contains(type)
                                || type.startsWith("java.util.concurrent.")) {
                            events.add(SimpleConditionEvent.violated(field, field.getFullName() + " of " + type));
                        }
                    }
                })
                .check(House.classes());
    }

    private static DescribedPredicate<JavaCall<?>> to(Class<?> owner, String method) {
        return DescribedPredicate.describe(
                "to " + owner.getSimpleName() + "." + method, call -> isCall(call, owner.getName(), method));
    }

    private static boolean isCall(JavaCall<?> call, String owner, String method) {
        JavaClass target = call.getTargetOwner();
        return target.getName().equals(owner) && call.getTarget().getName().equals(method);
    }
}
