package io.fengsui.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.NalUnit;
import io.fengsui.edge.bitstream.TestingH264;
import io.fengsui.edge.camera.gop.GopSettings;
import io.fengsui.edge.camera.gop.GopSnapshot;
import io.fengsui.edge.rtsp.Credentials;
import io.fengsui.edge.rtsp.RtspSettings;
import io.fengsui.fieldsim.camera.AuthScheme;
import io.fengsui.fieldsim.camera.Quirk;
import io.fengsui.fieldsim.camera.Quirks;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.runtime.TimeSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real sockets to simulated cameras; waits are shortened, nothing is timed. */
class CameraFleetTest {
    private static final int GOP = 5;
    private static final AccessUnitClip CLIP = clip(20, 48, 27);
    private static final RetryPolicy.Waits SOON = new RetryPolicy.Waits(
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            Duration.ofMillis(40),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofMillis(20));

    private final RtspServer server = RtspServer.start(0);
    private final Map<String, List<AccessUnit>> units = new ConcurrentHashMap<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final CameraFleet fleet = new CameraFleet(
            new CameraFleet.Limits(1, 8, GopSettings.USUAL),
            TimeSource.system(),
            SOON,
            (camera, unit, gop) -> of(camera).add(unit),
            (camera, state, reason, detail) -> states.add(camera + " " + state + " " + reason));

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
    }

    private static AccessUnitClip clip(int frames, int width, int height) {
        List<byte[]> nals = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            boolean isKeyframe = i % GOP == 0;
            if (isKeyframe) {
                nals.add(TestingH264.sps(width, height));
                nals.add(TestingH264.pps(0));
            }
            nals.add(isKeyframe ? TestingH264.idr(0, 3000 + i) : TestingH264.predicted(0, 500 + i));
        }
        int length = nals.stream().mapToInt(nal -> nal.length + 4).sum();
        byte[] stream = new byte[length];
        int at = 0;
        for (byte[] nal : nals) {
            at = AnnexB.putStartCode(stream, at);
            System.arraycopy(nal, 0, stream, at, nal.length);
            at += nal.length;
        }
        return AccessUnitClip.of(stream, 25);
    }

    private static io.fengsui.fieldsim.camera.CameraSettings simulated(String name) {
        return io.fengsui.fieldsim.camera.CameraSettings.named(name).atPace(10);
    }

    private SimulatedCamera add(String name, Quirks quirks) {
        return server.add(simulated(name).with(quirks), CLIP);
    }

    private List<AccessUnit> of(String camera) {
        return units.computeIfAbsent(camera, ignored -> new CopyOnWriteArrayList<>());
    }

    /** No pause of this machine is taken for a stall. */
    private CameraSettings settings(String name) {
        return settings(name, null, Duration.ofMinutes(5));
    }

    private CameraSettings settings(String name, @Nullable Credentials credentials, Duration minStall) {
        RtspSettings rtsp =
                new RtspSettings(server.uri(name), credentials, true, Duration.ofSeconds(5), Duration.ofSeconds(5));
        return new CameraSettings(name, rtsp, minStall);
    }

    private CameraStatus status(String name) {
        return fleet.status(name).orElseThrow();
    }

    private void awaitState(String name, CameraState state, String reason) {
        await().untilAsserted(() -> assertThat(status(name))
                .extracting(CameraStatus::state, CameraStatus::reason)
                .containsExactly(state, reason));
    }

    @Test
    void aCamerasPicturesArriveWholeAndInOrder() {
        add("gate", Quirks.NONE);
        fleet.put(settings("gate"));
        await().until(() -> of("gate").size() >= 3 * CLIP.frames());
        List<AccessUnit> got = List.copyOf(of("gate"));
        for (int i = 0; i < got.size(); i++) {
            var expected = CLIP.units().get(i % CLIP.frames());
            assertThat(got.get(i).index()).isEqualTo(i);
            assertThat(got.get(i).isKeyframe()).isEqualTo(expected.isKeyframe());
            assertThat(AnnexB.split(got.get(i).annexB()).getLast().copy())
                    .isEqualTo(expected.nalUnits().getLast());
        }
        assertThat(states).containsExactly("gate CONNECTING ", "gate PLAYING ", "gate STREAMING ");
        CameraStatus status = status("gate");
        assertThat(status.stream().width()).isEqualTo(768);
        assertThat(status.stream().gopLength()).isEqualTo(GOP);
        assertThat(status.lostPackets()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NO_KNOWN_VIDEO", "GARBAGE", "REFUSES_453"})
    void oddCamerasAreLivedWith(Quirk quirk) {
        add("odd", Quirks.of(quirk));
        fleet.put(settings("odd"));
        await().until(() -> of("odd").size() >= 2 * CLIP.frames());
        assertThat(of("odd").getFirst().isKeyframe()).isTrue();
        assertThat(AnnexB.split(of("odd").getFirst().annexB()).stream().map(NalUnit::type))
                .startsWith(NalUnit.SPS, NalUnit.PPS);
        assertThat(of("odd").stream().map(AccessUnit::generation)).containsOnly(1L);
    }

    @Test
    void hopelessCamerasAreReportedAndTheirNeighbourIsUntouched() {
        add("good", Quirks.NONE);
        add("h265", Quirks.of(Quirk.NO_KNOWN_VIDEO));
        add("garbage", Quirks.of(Quirk.GARBAGE));
        add("busy", Quirks.of(Quirk.REFUSES_453));
        fleet.start(List.of(
                settings("good"), settings("h265"), settings("garbage"), settings("busy"), settings("missing")));
        awaitState("h265", CameraState.OFFLINE, "no_known_video");
        awaitState("garbage", CameraState.OFFLINE, "bad_message");
        awaitState("busy", CameraState.OFFLINE, "busy");
        awaitState("missing", CameraState.OFFLINE, "not_found");
        awaitState("good", CameraState.STREAMING, "");
        await().until(() -> status("busy").sessions() > 3 && status("missing").sessions() > 3);
        assertThat(states.stream().filter(line -> line.startsWith("busy")))
                .as("one line for all tries")
                .containsExactly("busy CONNECTING ", "busy OFFLINE busy");
    }

    @ParameterizedTest
    @EnumSource(AuthScheme.class)
    void knowsTheWaysOfAuthentication(AuthScheme scheme) {
        server.add(
                simulated("locked").with(io.fengsui.fieldsim.camera.Credentials.of(scheme, "admin", "s3cret \"%& 密码")),
                CLIP);
        fleet.put(settings("locked", new Credentials("admin", () -> "s3cret \"%& 密码"), Duration.ofSeconds(1)));
        awaitState("locked", CameraState.STREAMING, "");
    }

    @Test
    void aWrongPasswordIsTriedOnceAndLeftAlone() {
        server.add(
                simulated("locked")
                        .with(io.fengsui.fieldsim.camera.Credentials.of(AuthScheme.DIGEST_MD5, "admin", "right")),
                CLIP);
        fleet.put(settings("locked", new Credentials("admin", () -> "wrong-canary"), Duration.ofSeconds(1)));
        awaitState("locked", CameraState.UNAUTHORIZED, "unauthorized");
        assertThat(status("locked").sessions()).isEqualTo(1);
        assertThat(fleet.status().toString()).doesNotContain("canary");
        fleet.put(settings("locked", new Credentials("admin", () -> "right"), Duration.ofSeconds(1)));
        awaitState("locked", CameraState.STREAMING, "");
    }

    @Test
    void aStallWithTheConnectionOpenIsFoundAndHealed() {
        SimulatedCamera camera = add("gate", Quirks.NONE);
        fleet.put(settings("gate", null, Duration.ofMillis(400)));
        awaitState("gate", CameraState.STREAMING, "");
        camera.stall();
        awaitState("gate", CameraState.OFFLINE, "stalled");
        camera.resume();
        awaitState("gate", CameraState.STREAMING, "");
        assertThat(of("gate").getLast().generation()).isGreaterThan(1);
    }

    @Test
    void aDeadCameraComesBack() {
        SimulatedCamera camera = add("gate", Quirks.NONE);
        camera.die();
        fleet.put(settings("gate", null, Duration.ofSeconds(5)));
        await().until(() -> status("gate").sessions() > 0);
        camera.revive();
        awaitState("gate", CameraState.STREAMING, "");
        camera.die();
        await().until(() -> status("gate").state() == CameraState.OFFLINE);
        camera.revive();
        awaitState("gate", CameraState.STREAMING, "");
    }

    @Test
    void changingOneCameraDisturbsNoOther() {
        add("one", Quirks.NONE);
        add("two", Quirks.NONE);
        fleet.start(List.of(settings("one"), settings("two")));
        awaitState("one", CameraState.STREAMING, "");
        awaitState("two", CameraState.STREAMING, "");
        fleet.start(List.of(settings("one"), settings("two", null, Duration.ofSeconds(7))));
        await().until(() -> of("two").getLast().generation() > 2);
        fleet.start(List.of(settings("one")));
        await().until(() -> server.connections() == 1);
        assertThat(fleet.status()).extracting(CameraStatus::name).containsExactly("one");
        assertThat(status("one").sessions()).isEqualTo(1);
        assertThat(of("one").stream().map(AccessUnit::generation).distinct()).hasSize(1);
    }

    @Test
    void aThousandDeadCamerasCostNoThreads() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        List<CameraSettings> dead = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            dead.add(CameraSettings.of(
                    "dead-" + i, RtspSettings.of(URI.create("rtsp://127.0.0.1:" + port + "/" + i), null)));
        }
        add("alive", Quirks.NONE);
        dead.add(settings("alive"));
        fleet.start(dead);
        await().until(() -> fleet.status().stream()
                        .filter(status -> status.reason().equals("connect_refused"))
                        .count()
                == 1000);
        awaitState("alive", CameraState.STREAMING, "");
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("net-")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void theCurrentGroupOfPicturesStartsAtAKeyframeAndIsWhole() throws Exception {
        add("gate", Quirks.NONE);
        fleet.put(settings("gate"));
        await().until(() -> of("gate").size() > GOP);
        GopSnapshot gop = fleet.currentGop("gate").get();
        assertThat(gop.isBroken()).isFalse();
        assertThat(gop.size()).isBetween(1, GOP);
        assertThat(fleet.gopUsage().usedBytes()).isPositive();
        gop.release();
        assertThat(fleet.currentGop("nobody").get().isEmpty()).isTrue();
    }

    @Test
    void leavesCamerasInWordsWhenItCloses() {
        add("gate", Quirks.NONE);
        fleet.put(settings("gate"));
        awaitState("gate", CameraState.STREAMING, "");
        fleet.close();
        await().until(() -> server.connections() == 0);
    }

    @Test
    void refusesTwoCamerasOfOneName() {
        assertThatThrownBy(() -> fleet.start(List.of(settings("one"), settings("one"))))
                .hasMessageContaining("two cameras are called one");
    }
}
