package io.fengsui.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which module may use which other one of ours, and which library; that rules are pure. */
class ModuleFencesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.fengsui");

    static Stream<Arguments> modules() {
        return Stream.of(
                Arguments.of("runtime", List.of()),
                Arguments.of("settings", List.of()),
                Arguments.of("protocol", List.of()),
                Arguments.of("rules", List.of("protocol", "settings")),
                Arguments.of("fieldsim", List.of("protocol", "runtime")),
                Arguments.of("edge", List.of("runtime", "settings", "protocol", "rules")),
                Arguments.of("hub", List.of("runtime", "settings", "protocol", "rules")));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyThoseOfOursThatItMay(String module, List<String> allowed) {
        List<String> seen = Stream.concat(Stream.of(module), allowed.stream())
                .map(name -> "io.fengsui." + name)
                .toList();
        classes()
                .that()
                .resideInAPackage("io.fengsui." + module + "..")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are in " + seen + " or not ours",
                        (JavaClass type) -> !type.getPackageName().startsWith("io.fengsui.")
                                || seen.stream()
                                        .anyMatch(base -> type.getPackageName().equals(base)
                                                || type.getPackageName().startsWith(base + "."))))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime", "settings", "protocol", "rules"})
    void packagesOfAModuleDoNotDependOnEachOtherInACircle(String module) {
        slices().matching("io.fengsui." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** Edge agent, hub and simulator have fences of their own for what only they use. */
    static Stream<Arguments> libraries() {
        return Stream.of(
                Arguments.of("dev.cel..", new String[] {"rules.condition"}),
                Arguments.of("org.snakeyaml..", new String[] {"settings", "fieldsim.app"}),
                Arguments.of("org.bytedeco..", new String[] {"edge.vision.worker", "fieldsim.scene.coding"}),
                Arguments.of("com.lmax.disruptor..", new String[] {"edge.ring", "hub.shard"}),
                Arguments.of("io.grpc..", new String[] {"protocol.wire", "edge.uplink", "hub.intake", "hub.app"}));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aLibraryStaysWithinItsFence(String library, String[] allowed) {
        String[] inside =
                Arrays.stream(allowed).map(name -> "io.fengsui." + name + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(inside)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    /** What is decided depends on (state, input, now) alone: no clock, no thread, no file, no network. */
    @Test
    void rulesArePure() {
        noClasses()
                .that()
                .resideInAPackage("io.fengsui.rules..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio.file..", "java.util.concurrent", "java.util.concurrent.locks")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(CLASSES);
    }
}
