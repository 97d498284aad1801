package io.fengsui.fieldsim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports point up the list truth, clip, scene, library, camera, load, sensor, proxy, judge, app; libraries stay in their packages. */
@AnalyzeClasses(packages = "io.fengsui.fieldsim", importOptions = ImportOption.DoNotIncludeTests.class)
final class FenceTest {
    private static final String ROOT = "io.fengsui.fieldsim.";

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NATIVE_CODE_IS_IN_SCENE_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "scene")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule KNOWS_NEITHER_EDGE_NOR_HUB = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fengsui.edge..", "io.fengsui.hub..", "io.fengsui.rules..");

    @ArchTest
    static final ArchRule MQTT_IS_IN_SENSOR_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "sensor")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.paho..", "org.apache.activemq..");

    @ArchTest
    static final ArchRule NETTY_IS_IN_CAMERA_LOAD_AND_PROXY_ONLY = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "camera", ROOT + "load", ROOT + "proxy")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule NOBODY_IMPORTS_THE_APPLICATION = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "app")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "app");

    @ArchTest
    static final ArchRule THE_PROXY_KNOWS_NOTHING_OF_WHAT_IT_CARRIES = noClasses()
            .that()
            .resideInAPackage(ROOT + "proxy")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fengsui.protocol..", ROOT + "camera", ROOT + "load", ROOT + "sensor");

    @ArchTest
    static final ArchRule CAMERAS_AND_SENSORS_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "camera", ROOT + "load")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "sensor", ROOT + "scene", ROOT + "truth", ROOT + "judge");
}
