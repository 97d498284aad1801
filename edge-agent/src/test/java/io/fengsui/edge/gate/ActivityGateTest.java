package io.fengsui.edge.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.TestingH264;
import io.fengsui.edge.camera.CameraFleet;
import io.fengsui.edge.camera.CameraSettings;
import io.fengsui.edge.rtsp.RtspSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivityGateTest {
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final List<EmptyScene> emptied = new ArrayList<>();
    private final ActivityGate gate = new ActivityGate(looks::add, emptied::add);
    private final RtspServer server = RtspServer.start(0);
    private final CameraFleet fleet =
            new CameraFleet(CameraFleet.Limits.USUAL, TimeSource.system(), gate, (camera, state, reason, detail) -> {});

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
    }

    private void play(GateSettings settings) {
        byte[][] nals = {
            TestingH264.sps(48, 27),
            TestingH264.pps(0),
            TestingH264.idr(0, 900),
            TestingH264.predicted(0, 300),
            TestingH264.predicted(0, 301),
            TestingH264.predicted(0, 302),
        };
        byte[] stream = new byte[4000];
        int at = 0;
        for (byte[] nal : nals) {
            at = AnnexB.putStartCode(stream, at);
            System.arraycopy(nal, 0, stream, at, nal.length);
            at += nal.length;
        }
        gate.configure("cam", settings);
        server.add(
                io.fengsui.fieldsim.camera.CameraSettings.named("cam").atPace(5),
                AccessUnitClip.of(java.util.Arrays.copyOf(stream, at), 25));
        fleet.put(CameraSettings.of("cam", RtspSettings.of(server.uri("cam"), null)));
    }

    @Test
    void aKeyframeIsLookedAtByItself() {
        play(GateSettings.KEYFRAMES);
        await().until(() -> looks.size() >= 5);
        assertThat(looks).allSatisfy(look -> {
            assertThat(look.pictures().size()).isEqualTo(1);
            assertThat(look.isComplete()).isTrue();
            assertThat(look.reason()).isEqualTo(GateReason.KEYFRAME);
        });
        assertThat(gate.counters("cam").of(GateReason.NOT_A_KEYFRAME)).isPositive();
        assertThat(gate.counters("cam").accessUnits()).isPositive();
    }

    @Test
    void anotherPictureIsLookedAtWithAllBeforeIt() {
        play(GateSettings.of("all", Duration.ZERO));
        await().until(() -> looks.size() >= 8);
        for (int i = 0; i < 8; i++) {
            assertThat(looks.get(i).pictures().size()).isEqualTo(1 + i % 4);
            assertThat(looks.get(i).pictures().lastIndex()).isEqualTo(i);
        }
    }

    @Test
    void whoeverAsksGetsTheNewestPicture() throws Exception {
        play(GateSettings.of("keyframe", Duration.ofHours(1)));
        await().until(() -> gate.counters("cam").accessUnits() > 3);
        Optional<Look> look = gate.request(fleet, "cam").get();
        assertThat(look).isPresent();
        assertThat(look.get().reason()).isEqualTo(GateReason.REQUESTED);
        assertThat(looks).as("looks that went to the detector").hasSize(1);
        assertThat(gate.request(fleet, "nobody").get()).isEmpty();
    }
}
