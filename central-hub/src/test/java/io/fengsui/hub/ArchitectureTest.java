package io.fengsui.hub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;

/** The order of the stages, no cycles, and each library behind its fence. */
@AnalyzeClasses(packages = "io.fengsui.hub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final List<String> FLOW = List.of(
            "grid",
            "fleet",
            "intake",
            "shard",
            "journal",
            "correlate",
            "ticket",
            "sla",
            "evidence",
            "notify",
            "access",
            "store",
            "console",
            "ops",
            "config",
            "app");

    @ArchTest
    static final ArchRule STAGES_HAVE_NO_CYCLES =
            slices().matching("io.fengsui.hub.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule IMPORTS_POINT_UP_THE_FLOW = flow();

    @ArchTest
    static final ArchRule DISRUPTOR_IN_SHARD = fence("com.lmax.disruptor..", "shard");

    @ArchTest
    static final ArchRule NETTY_BENEATH_THE_CONSOLE = fence("io.netty..", "console.http");

    @ArchTest
    static final ArchRule MAIL_WHERE_IT_IS_SENT = fence("jakarta.mail..", "notify.send");

    @ArchTest
    static final ArchRule MQTT_WHERE_IT_IS_SENT = fence("org.eclipse.paho..", "notify.send");

    @ArchTest
    static final ArchRule JDBC_IN_STORE_AND_SHARD = noClasses()
            .that()
            .resideOutsideOfPackages("io.fengsui.hub.store..", "io.fengsui.hub.shard..", "io.fengsui.hub.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.sqlite..", "org.flywaydb..");

    @ArchTest
    static final ArchRule GRPC_AND_ARMERIA_AT_THE_EDGES_OF_THE_HUB = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.fengsui.hub.intake..",
                    "io.fengsui.hub.console..",
                    "io.fengsui.hub.notify..",
                    "io.fengsui.hub.ops..",
                    "io.fengsui.hub.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "com.linecorp.armeria..");

    @ArchTest
    static final ArchRule DECISIONS_HAVE_NO_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage("io.fengsui.hub.app..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule DECIDING_STAGES_DO_NO_IO = noClasses()
            .that()
            .resideInAnyPackage("io.fengsui.hub.correlate..", "io.fengsui.hub.ticket..", "io.fengsui.hub.sla..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "do I/O or are threads",
                    (JavaClass type) -> type.getName().equals("java.lang.Thread")
                            || type.getPackageName().startsWith("java.net")
                            || type.getPackageName().equals("java.io")
                                    && !type.isAssignableTo(java.io.Serializable.class)));

    private static ArchRule fence(String library, String stage) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.fengsui.hub." + stage + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static ArchRule flow() {
        CompositeArchRule rule = null;
        for (int i = 0; i + 1 < FLOW.size(); i++) {
            String[] later = FLOW.subList(i + 1, FLOW.size()).stream()
                    .map(stage -> "io.fengsui.hub." + stage + "..")
                    .toArray(String[]::new);
            ArchRule one = noClasses()
                    .that()
                    .resideInAPackage("io.fengsui.hub." + FLOW.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .allowEmptyShould(true);
            rule = rule == null ? CompositeArchRule.of(one) : rule.and(one);
        }
        return rule;
    }
}
