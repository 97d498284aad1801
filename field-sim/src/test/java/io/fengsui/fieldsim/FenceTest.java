package io.fengsui.fieldsim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;

/** Imports point up the list of packages; libraries stay in their packages. */
@AnalyzeClasses(packages = "io.fengsui.fieldsim", importOptions = ImportOption.DoNotIncludeTests.class)
final class FenceTest {
    private static final String ROOT = "io.fengsui.fieldsim.";
    private static final List<String> ORDER =
            List.of("truth", "clip", "scene", "library", "camera", "load", "sensor", "proxy", "judge", "app");

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NATIVE_CODE_IS_WHERE_SCENES_ARE_CODED_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "scene.coding")
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
    static final ArchRule IMPORTS_POINT_UP_THE_LIST = order();

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

    private static ArchRule order() {
        CompositeArchRule rule = null;
        for (int i = 0; i + 1 < ORDER.size(); i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            ArchRule one = noClasses()
                    .that()
                    .resideInAPackage(ROOT + ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later);
            rule = rule == null ? CompositeArchRule.of(one) : rule.and(one);
        }
        return rule;
    }
}
