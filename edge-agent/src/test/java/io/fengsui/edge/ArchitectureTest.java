package io.fengsui.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The one rule: data goes down the list, imports go up the list; libraries stay where they belong. */
class ArchitectureTest {
    private static final String BASE = "io.fengsui.edge.";
    private static final List<String> FLOW = List.of(
            "meter",
            "bitstream",
            "rtp",
            "rtsp",
            "camera",
            "gate",
            "vision",
            "track",
            "profile",
            "sensor",
            "patrol",
            "decide",
            "ring",
            "spool",
            "evidence",
            "uplink",
            "action",
            "record",
            "control",
            "ops",
            "config",
            "app");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.fengsui.edge");

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("io.fengsui.edge.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    static Stream<String> stages() {
        return FLOW.stream().limit(FLOW.size() - 1L);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aStageImportsOnlyEarlierOnes(String stage) {
        String[] later = FLOW.stream()
                .skip(FLOW.indexOf(stage) + 1L)
                .map(name -> BASE + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(BASE + stage + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theWorkerKnowsOfTheAgentOnlyTheWords() {
        noClasses()
                .that()
                .resideInAPackage(BASE + "vision.worker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + "camera..", BASE + "gate..", BASE + "rtsp..", BASE + "rtp..")
                .check(CLASSES);
    }

    static Stream<Arguments> fences() {
        return Stream.of(
                Arguments.of("org.bytedeco..", new String[] {"vision.worker"}),
                Arguments.of("ai.djl..", new String[] {"vision.worker"}),
                Arguments.of("ai.onnxruntime..", new String[] {"vision.worker"}),
                Arguments.of("org.eclipse.paho..", new String[] {"sensor.mqtt", "action"}),
                Arguments.of("com.lmax.disruptor..", new String[] {"ring"}),
                Arguments.of("java.sql..", new String[] {"spool", "record"}),
                Arguments.of("dev.cel..", new String[] {"sensor"}),
                Arguments.of("io.grpc..", new String[] {"uplink", "ops"}),
                Arguments.of("io.netty..", new String[] {"rtp", "rtsp", "ops", "uplink"}),
                Arguments.of("picocli..", new String[] {"app"}));
    }

    @ParameterizedTest
    @MethodSource("fences")
    void aLibraryStaysWithinItsFence(String library, String[] allowed) {
        String[] inside = Arrays.stream(allowed).map(name -> BASE + name + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(inside)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringReadsTheSystemsClocks() {
        List<String> stages = new ArrayList<>(FLOW);
        stages.remove("app");
        String[] pure = stages.stream().map(name -> BASE + name + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(pure)
                .and()
                .resideOutsideOfPackage(BASE + "vision.worker..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }
}
