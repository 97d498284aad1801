package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.ops.Readiness;
import io.fengsui.protocol.value.Name;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who run the hub see, and that what is shipped for their Prometheus is sound. */
class OpsTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void metricsCountTicketsAndEventsAndPleasePromtool(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(OPENED);
                town.ticket(1, SampleScenes.ALL.get(2), "reported", OPENED);
                town.change("event", "01939a00-0000-7000-8000-000000000001", "added", 1);
            });
            await().untilAsserted(() ->
                    assertThat(hub.get("/metrics").body()).contains("hub_events_total{kind=\"fire.smoke\"} 1.0"));
            String text = hub.get("/metrics").body();
            assertThat(text)
                    .contains("hub_tickets{kind=\"fire.smoke\",state=\"reported\"} 1.0")
                    .contains("hub_edges_connected 2.0")
                    .contains("hub_edges_clock_offset_seconds 0.012")
                    .contains("hub_sse_clients 0.0")
                    .contains("build_info{")
                    .contains("version=\"0.1.0\"");
            assertThat(hub.get("/metrics", "accept", "application/openmetrics-text;version=1.0.0")
                            .body())
                    .endsWith("# EOF\n");
            assumeTrue(isInstalled(), "promtool is not installed");
            assertThat(promtool(text, "check", "metrics")).isEmpty();
        }
    }

    @Test
    void isReadyWithReasonsAndNotReadyOnlyWhenItCannotWork(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            assertThat(hub.get("/healthz").statusCode()).isEqualTo(200);
            hub.reasons.add(new Readiness.Reason("edge-silent", false, new Name("边缘盒失联", "an edge is silent")));
            assertThat(hub.get("/readyz").statusCode()).isEqualTo(200);
            hub.reasons.add(new Readiness.Reason("database", true, new Name("数据库不可写", "the database does not write")));

            assertThat(hub.get("/readyz").statusCode()).isEqualTo(503);
            JsonNode body = new ObjectMapper().readTree(hub.get("/readyz").body());
            assertThat(body.path("ready").asBoolean()).isFalse();
            assertThat(body.path("reasons")).hasSize(2);
            assertThat(body.path("reasons").get(1).path("zh").asText()).isEqualTo("数据库不可写");
        }
    }

    @Test
    void whatIsShippedForPrometheusPassesItsOwnTests() throws Exception {
        assumeTrue(isInstalled(), "promtool is not installed");
        Path shipped = root().resolve("config/prometheus");
        assertThat(promtool(
                        "", "check", "config", shipped.resolve("prometheus.yml").toString()))
                .contains("SUCCESS");
        assertThat(promtool(
                        "", "test", "rules", shipped.resolve("alerts_test.yml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void everyAlertIsExplainedInBothLanguagesAndInTheRunbook() throws Exception {
        String rules = Files.readString(root().resolve("config/prometheus/alerts.yml"));
        String runbook = Files.readString(root().resolve("docs/guide/runbook.md"));
        List<String> alerts = rules.lines()
                .filter(line -> line.contains("- alert: "))
                .map(line -> line.substring(line.indexOf("- alert: ") + 9).strip())
                .toList();
        assertThat(alerts).hasSizeGreaterThanOrEqualTo(8).allSatisfy(alert -> {
            int from = rules.indexOf("- alert: " + alert);
            int next = rules.indexOf("- alert: ", from + 1);
            String rule = rules.substring(from, next < 0 ? rules.length() : next);
            assertThat(rule)
                    .contains("summary_zh:")
                    .contains("summary_en:")
                    .contains("runbook.md#" + alert.toLowerCase(java.util.Locale.ROOT));
            assertThat(runbook).contains("## " + alert + "\n");
        });
    }

    @Test
    void theDashboardAsksOnlyForMetricsThatExist() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(root().resolve("config/grafana/fengsui.json").toFile());
        assertThat(dashboard.path("templating").path("list").get(0).path("type").asText())
                .isEqualTo("datasource");
        Set<String> documented = documented();
        assertThat(dashboard.findValuesAsText("expr"))
                .isNotEmpty()
                .allSatisfy(expr -> assertThat(names(expr)).isNotEmpty().isSubsetOf(documented));
    }

    @Test
    void everyAlertAsksOnlyForMetricsThatExist() throws Exception {
        String rules = Files.readString(root().resolve("config/prometheus/alerts.yml"));
        assertThat(names(rules)).hasSizeGreaterThan(5).isSubsetOf(documented());
    }

    @Test
    void everyMetricIsDocumented(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            List<String> told = hub.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE hub_"))
                    .map(line -> line.split(" ")[2])
                    .toList();
            assertThat(told).hasSizeGreaterThan(5).isSubsetOf(documented());
        }
    }

    private static Set<String> documented() throws IOException {
        return names(Files.readString(root().resolve("docs/ref/metrics.md")));
    }

    /** The names of metrics in a text; of a histogram's parts the histogram's. */
    private static Set<String> names(String text) {
        return Pattern.compile("\\b(hub|edge)_[a-z_]+")
                .matcher(text)
                .results()
                .map(found -> found.group().replaceFirst("_(bucket|sum|count)$", ""))
                .collect(Collectors.toSet());
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("config/prometheus"))
                ? here
                : here.resolve("..").normalize();
    }

    private static boolean isInstalled() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }

    /** What promtool says; fails when it does. */
    private static String promtool(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
