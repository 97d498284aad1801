package io.fengsui.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.rtsp.RtspSettings;
import io.fengsui.fieldsim.library.StreamLibrary;
import io.fengsui.fieldsim.library.StreamTruth;
import io.fengsui.fieldsim.load.LoadServer;
import io.fengsui.runtime.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera that sends H.265, from its session description to whole pictures. */
class H265CameraTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesWholePictures(boolean isUdp) throws Exception {
        Path video = Path.of(Objects.requireNonNull(H265CameraTest.class.getResource("/h265/street.h265"))
                .toURI());
        StreamTruth truth = new StreamTruth("street", "h265", "h265", 30, 12, 24, true, List.of());
        LoadServer.Plan plan = new LoadServer.Plan(0, 1, isUdp, folder.resolve("truth.jsonl"));
        List<AccessUnit> units = new CopyOnWriteArrayList<>();
        try (LoadServer server =
                        LoadServer.start(plan, List.of(new StreamLibrary.Entry(video, truth)), TimeSource.system());
                CameraFleet fleet = new CameraFleet(
                        CameraFleet.Limits.USUAL,
                        TimeSource.system(),
                        (camera, unit, gop) -> units.add(unit),
                        (camera, state, reason, detail) -> {})) {
            URI uri = URI.create("rtsp://127.0.0.1:" + server.port() + "/cam-0");
            fleet.put(CameraSettings.of("cam", RtspSettings.of(uri, null)));
            await().atMost(Duration.ofSeconds(30)).until(() -> units.size() > 30);
            CameraStatus status = fleet.status("cam").orElseThrow();
            assertThat(status.stream().width()).isEqualTo(320);
            assertThat(status.stream().height()).isEqualTo(180);
        }
        assertThat(units).allSatisfy(unit -> assertThat(unit.codec()).isEqualTo(Codec.H265));
        assertThat(units.getFirst().isKeyframe()).isTrue();
        assertThat(units.stream().filter(AccessUnit::isKeyframe)).hasSizeGreaterThan(1);
        for (int i = 1; i < units.size(); i++) {
            assertThat(units.get(i).index()).isEqualTo(units.get(i - 1).index() + 1);
        }
    }
}
