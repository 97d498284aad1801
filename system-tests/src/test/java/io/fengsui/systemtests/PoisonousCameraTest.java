package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.systemtests.site.Pages;
import io.fengsui.systemtests.site.Poison;
import io.fengsui.systemtests.site.Program.Outcome;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera whose pictures crash each vision worker that reads them, beside one that somebody walks before. */
@Tag("slow")
class PoisonousCameraTest {
    private static final String QUARANTINED = "health.camera.quarantined";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern CRASH = Pattern.compile("vision worker=\\d+ ended reason=exited");

    private final RtspServer cameras = RtspServer.start(0);

    @TempDir
    private Path folder;

    private Site site;
    private SimulatedCamera good;

    @BeforeEach
    void start() throws Exception {
        AccessUnitClip poison = Scenes.quietInHd();
        good = cameras.add(CameraSettings.named("good").live(), Timeline.of(Scenes.quiet()));
        cameras.add(CameraSettings.named("main").live(), Timeline.of(poison));
        cameras.add(CameraSettings.named("sub").live(), Timeline.of(Scenes.quiet()));
        site = new Site(folder, Site.Tokens.NONE);
        configure("sub");
        site.startHub();
        site.startAgentWith(Poison.into(folder.resolve("poison"), poison.sps()));
        site.awaitMetric(2, "edge_stream_up");
        site.awaitMetric(4, "edge_decode_seconds_count");
    }

    @AfterEach
    void stop() {
        site.close();
        cameras.close();
    }

    /** The street's camera gives one of its two streams. */
    private void configure(String stream) throws Exception {
        site.configure("""
                vision: {models: "%s", infer-threads: 1}
                rules: [{id: intrusion, kind: safety.intrusion, severity: major, dwell: {labels: [person], time: 3s}}]
                cameras:
                  - {id: good, rtsp: {uri: "%s"}, gate: every-5}
                  - {id: street, rtsp: {uri: "%s"}, gate: every-5}
                """.formatted(Reactor.models(), cameras.uri("good"), cameras.uri(stream)));
    }

    private void take(String stream) throws Exception {
        configure(stream);
        Outcome outcome = site.agentCommand("reload");
        assertThat(outcome.status()).as(outcome.said()).isZero();
    }

    private List<JsonNode> intrusions(int least) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> site.hubPages().items("/api/v1/events?kind=safety.intrusion"),
                        found -> found.size() >= least);
    }

    private void somebodyWalksBeforeTheGoodOne() throws Exception {
        good.show(good.frameNow() + Scenes.FRAME_RATE, Scenes.personDwells());
    }

    private long crashes() {
        return CRASH.matcher(site.agent().log()).results().count();
    }

    private JsonNode street() throws Exception {
        Outcome outcome = site.agentCommand("status");
        assertThat(outcome.status()).as(outcome.said()).isZero();
        for (JsonNode camera : Pages.json(outcome.said()).path("cameras")) {
            if (camera.path("id").asText().equals("street")) {
                return camera;
            }
        }
        throw new AssertionError("the street's camera is not in " + outcome.said());
    }

    @Test
    void isLeftOutAndToldWhileItsNeighbourIsWatchedAndLookedAtAgainWithAnotherStream() throws Exception {
        take("main");
        somebodyWalksBeforeTheGoodOne();
        JsonNode ticket = site.awaitTickets(QUARANTINED, 1).getFirst();
        assertThat(ticket.path("source").path("id").asText()).isEqualTo("street");
        assertThat(crashes()).isGreaterThanOrEqualTo(3);
        assertThat(intrusions(1))
                .as("the neighbour is watched while workers crash")
                .allSatisfy(event ->
                        assertThat(event.path("source").path("id").asText()).isEqualTo("good"));

        assertThat(site.agentPages().metric("edge_stream_quarantined", "camera=\"street\""))
                .isEqualTo(1);
        assertThat(site.agentPages().metric("edge_stream_quarantined", "camera=\"good\""))
                .isZero();
        assertThat(site.agentPages().text("/readyz")).contains("1 are not looked at");
        JsonNode status = street();
        assertThat(status.path("state").asText()).isEqualTo("streaming");
        assertThat(status.path("quarantined").asBoolean()).isTrue();
        assertThat(status.path("quarantinedUntil").asText()).isNotEmpty();
        Outcome picture = site.agentCommand(
                "snapshot", "street", "-o", folder.resolve("street.jpg").toString());
        assertThat(picture.status()).isNotZero();
        assertThat(picture.said()).contains("vision workers in a row ended", "tried again in");

        long before = crashes();
        site.awaitMetric(1, "edge_vision_ready_workers");
        double looks = site.agentPages().metric("edge_decode_seconds_count");
        site.awaitMetric(looks + 20, "edge_decode_seconds_count");
        assertThat(crashes()).as("it ends no worker any more").isEqualTo(before);

        take("sub");
        await().atMost(PATIENCE).until(() -> site.agentPages().metric("edge_stream_quarantined") == 0);
        await().atMost(PATIENCE)
                .until(() -> site.hubPages().tickets(QUARANTINED).stream()
                        .allMatch(one -> one.path("conditionClearedAt").isTextual()));
        assertThat(site.agentPages().text("/readyz")).doesNotContain("not looked at");
        assertThat(street().path("quarantined").asBoolean()).isFalse();
        assertThat(site.hubPages().tickets(QUARANTINED)).hasSize(1);
        assertThat(crashes()).isEqualTo(before);
    }
}
