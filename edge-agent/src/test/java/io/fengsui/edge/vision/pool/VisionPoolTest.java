package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.wire.FromWorker.Pictures;
import io.fengsui.edge.vision.wire.Outline;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.protocol.value.Detection;
import io.fengsui.runtime.TimeSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pool with a real worker process and the project's detector: one worker for all of these. */
@Timeout(120)
class VisionPoolTest {
    private static final TimeSource TIME = TimeSource.system();

    @TempDir
    static Path data;

    private static TestingPool bench;

    @BeforeAll
    static void startAPool() throws Exception {
        bench = new TestingPool(data, TestingPool.limits(Duration.ofSeconds(20)), TIME);
    }

    @AfterAll
    static void closeThePool() throws IOException {
        bench.close();
    }

    @BeforeEach
    void forgetWhatWasSaid() {
        bench.counts.clear();
        bench.pictures.clear();
        bench.skips.clear();
    }

    @Test
    void findsDrawnPeopleInTheNewestPicture() throws Exception {
        bench.look("gate-1");
        LookedPicture picture = bench.next();
        assertThat(TestingPool.next(bench.counts)).isEqualTo(new Pictures(6, 0));
        assertThat(picture.width()).isEqualTo(1280);
        assertThat(picture.height()).isEqualTo(720);
        assertThat(picture.model().name()).isEqualTo("nanodet-g");
        List<Detection> people = picture.detections().stream()
                .filter(d -> d.label().equals("person"))
                .toList();
        assertThat(people).hasSize(2);
        // After one second of walking, not where they stood in the keyframe.
        assertThat(people)
                .allSatisfy(p -> assertThat(TestingStreet.truth(1.0))
                        .anySatisfy(t -> assertThat(t.iou(p.box())).isGreaterThan(0.6f)));
    }

    @Test
    void anErrorInTheNextStageLosesThatPictureAndNoOther() throws Exception {
        bench.drops.clear();
        bench.isBroken.set(true);
        bench.look("gate-1");
        assertThat(TestingPool.next(bench.drops)).isEqualTo(VisionDropReason.REFUSED);
        bench.look("gate-1");
        assertThat(bench.next().detections()).isNotEmpty();
        assertThat(bench.pool.progress().hasEnded()).isFalse();
    }

    @Test
    void looksAlsoWhereTheDataFoldersDiskTakesNothing() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");
        try (TestingPool other =
                new TestingPool(file.resolve("data"), TestingPool.limits(Duration.ofSeconds(20)), TIME)) {
            other.look("gate-1");
            assertThat(other.next().detections()).isNotEmpty();
        }
    }

    @Test
    void takesASmallGreyPictureOfTheNewest() throws Exception {
        Look look = new Look(
                "gate-1", TestingStreet.look("gate-1", 6, TIME.steadyNanos()).pictures(), true, GateReason.SAMPLE);
        bench.pool.onLook(look);
        LumaPicture small = TestingPool.next(bench.small);
        assertThat(small.luma()).hasSize(LumaPicture.PIXELS);
        assertThat(small.chroma()).as("a drawn street has colours").isGreaterThan(10);
        int brightest = 0;
        int darkest = 255;
        for (byte level : small.luma()) {
            brightest = Math.max(brightest, level & 0xff);
            darkest = Math.min(darkest, level & 0xff);
        }
        assertThat(brightest - darkest).isGreaterThan(50);
    }

    @Test
    void makesASnapshotOfTheAskedSizeWithChineseNames() throws Exception {
        Outline zone = new Outline("禁区", List.of(0.1, 0.4, 0.4), List.of(0.6, 0.6, 0.9));
        SnapshotJob job =
                new SnapshotJob(TestingStreet.look("gate-1", 1, TIME.steadyNanos()), List.of(), List.of(zone), 640, 85);
        byte[] jpeg = bench.pool.snapshot(job).get(60, TimeUnit.SECONDS);
        assertThat(TestingPool.next(bench.counts)).isEqualTo(new Pictures(1, 0));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(360);
        // On the outline's upper edge the picture is the zone's yellow.
        int rgb = image.getRGB((int) (0.25 * 639), (int) Math.round(0.6 * 359));
        assertThat(rgb >> 16 & 255).isGreaterThan(200);
        assertThat(rgb & 255).isLessThan(140);
    }

    @Test
    void skipsADamagedAccessUnitAndGoesOn() throws Exception {
        byte[] keyframe = TestingStreet.annexB().getFirst().clone();
        for (int i = 200; i < keyframe.length; i++) {
            keyframe[i] = (byte) (i * 31);
        }
        bench.pool.onLook(TestingStreet.look("gate-1", List.of(keyframe), TIME.steadyNanos(), GateReason.KEYFRAME));
        assertThat(TestingPool.next(bench.skips)).isEqualTo(SkipReason.CORRUPT);
        bench.pool.onLook(TestingStreet.look(
                "gate-1", List.of(new byte[] {0, 0, 1, 0x65, 1, 2, 3}), TIME.steadyNanos(), GateReason.KEYFRAME));
        assertThat(TestingPool.next(bench.skips)).isEqualTo(SkipReason.NO_PARAMETER_SETS);
        bench.look("gate-1");
        assertThat(bench.next().detections()).isNotEmpty();
        assertThat(bench.states.stream().filter(s -> s.state() == VisionState.DOWN))
                .isEmpty();
    }
}
