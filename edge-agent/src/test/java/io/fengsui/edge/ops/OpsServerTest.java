package io.fengsui.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.Progress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsServerTest {
    @TempDir
    Path directory;

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Readiness readiness = new Readiness();
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));
    private final Progress decide = new Progress("decide", time::steadyNanos);
    private final Stuck stuck = new Stuck(() -> List.of(decide));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void closeClient() {
        http.close();
    }

    private HttpResponse<String> get(OpsServer server, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void metricsAreGivenAsTextAndAsOpenMetrics() throws Exception {
        Counter.builder("edge_things")
                .description("Things seen.")
                .register(meters)
                .increment();
        OpsSettings settings = new OpsSettings("127.0.0.1", 0, Optional.empty(), Optional.empty());
        try (OpsServer server = OpsServer.start(settings, meters, readiness, stuck)) {
            assertThat(get(server, "/metrics").body())
                    .contains("# HELP edge_things_total Things seen.", "edge_things_total 1.0");
            assertThat(get(server, "/metrics", "Accept", "application/openmetrics-text; version=1.0.0")
                            .body())
                    .endsWith("# EOF\n");
            assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void readyWithReasonsWhileSomethingIsAwayAndNotReadyWhenAPartFailed() throws Exception {
        OpsSettings settings = new OpsSettings("127.0.0.1", 0, Optional.empty(), Optional.empty());
        try (OpsServer server = OpsServer.start(settings, meters, readiness, stuck)) {
            assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
            readiness.started();
            readiness.add("hub", () -> Readiness.Check.degraded("not connected"));
            HttpResponse<String> degraded = get(server, "/readyz");
            assertThat(degraded.statusCode()).isEqualTo(200);
            assertThat(degraded.body()).contains("not connected");
            readiness.add("spool", () -> Readiness.Check.failed("disk I/O error"));
            assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aThreadThatStandsStillIsToldByItsNameToWhoeverWatches() throws Exception {
        OpsSettings settings = new OpsSettings("127.0.0.1", 0, Optional.empty(), Optional.empty());
        try (OpsServer server = OpsServer.start(settings, meters, readiness, stuck)) {
            assertThat(get(server, "/healthz").body()).isEqualTo("ok\n");
            time.advance(Stuck.LIMIT.plusSeconds(1));
            HttpResponse<String> standing = get(server, "/healthz");
            assertThat(standing.statusCode()).isEqualTo(503);
            assertThat(standing.body()).isEqualTo("the thread decide has stood still for 181 s\n");
            decide.made();
            assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
            decide.ended();
            assertThat(get(server, "/healthz").body()).isEqualTo("the thread decide has ended\n");
        }
    }

    @Test
    void aCheckThatThrowsIsAFailedPart() {
        readiness.started();
        readiness.add("odd", () -> {
            throw new IllegalStateException("secret detail");
        });
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.report().getFirst().reason()).doesNotContain("secret detail");
    }

    @Test
    void withATokenNothingIsGivenWithoutIt() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "0123456789abcdef\n");
        OpsSettings settings = new OpsSettings("127.0.0.1", 0, Optional.empty(), Optional.of(token));
        try (OpsServer server = OpsServer.start(settings, meters, readiness, stuck)) {
            assertThat(get(server, "/metrics").statusCode()).isEqualTo(401);
            assertThat(get(server, "/metrics", "Authorization", "Bearer wrong").statusCode())
                    .isEqualTo(401);
            assertThat(get(server, "/metrics", "Authorization", "Bearer 0123456789abcdef")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
