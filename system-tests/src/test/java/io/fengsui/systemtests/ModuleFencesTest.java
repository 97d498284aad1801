package io.fengsui.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may use which other one of ours. */
class ModuleFencesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.fengsui");

    static Stream<Arguments> modules() {
        return Stream.of(
                Arguments.of("runtime", List.of()),
                Arguments.of("settings", List.of()),
                Arguments.of("protocol", List.of("runtime")),
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
}
