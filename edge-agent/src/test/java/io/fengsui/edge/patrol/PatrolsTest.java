package io.fengsui.edge.patrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.runtime.ManualTimeSource;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A round of three cameras, one of which is blind. */
class PatrolsTest {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final PatrolSettings MORNING = new PatrolSettings(
            "morning",
            new Name("早巡", "Morning round"),
            List.of("gate", "river", "yard"),
            new Timetable(List.of(LocalTime.of(8, 0)), Duration.ZERO),
            "",
            new PatrolSettings.Found(List.of("person"), 0.5, new EventKind("patrol.found"), Severity.INFO));

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-22T23:59:00Z"));
    private final List<String> opened = new ArrayList<>();
    private final Eyes eyes = new Eyes();

    private final class Eyes implements PatrolEyes, PatrolEyes.Sight {
        private boolean isClosed;
        private String refusal = "";
        private String spoilt = "";

        @Override
        public Sight open(String model) throws IOException {
            opened.add(model);
            if (!refusal.isEmpty()) {
                throw new IOException(refusal);
            }
            return this;
        }

        @Override
        public CompletableFuture<LookedPicture> look(String camera) {
            return camera.equals("river")
                    ? CompletableFuture.failedFuture(new IOException("it has no whole picture"))
                    : CompletableFuture.completedFuture(looked(camera));
        }

        @Override
        public CompletableFuture<byte[]> picture(SnapshotJob job) {
            return CompletableFuture.completedFuture(
                    job.look().camera().equals(spoilt) ? new byte[] {1, 2, 3} : jpeg());
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private LookedPicture looked(String camera) {
        AccessUnit unit =
                new AccessUnit(Codec.H264, new byte[] {0, 0, 0, 1, 0x65}, true, true, 0, time.steadyNanos(), 1, 0);
        Look look = new Look(camera, List.of(unit), true, GateReason.REQUESTED);
        List<Detection> seen = camera.equals("gate")
                ? List.of(detection("person", 0.9f), detection("person", 0.3f), detection("car", 0.9f))
                : List.of();
        return new LookedPicture(
                look,
                1280,
                720,
                seen,
                new ModelInUse("nanodet-g", "1", Sha256.NONE),
                new LookedPicture.Timing(1, 2, 3));
    }

    private static Detection detection(String label, float confidence) {
        return new Detection(label, confidence, Box.clamped(0.1f, 0.1f, 0.2f, 0.5f), 0);
    }

    private static byte[] jpeg() {
        BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.GREEN);
        graphics.fillRect(0, 0, 640, 360);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private Round make() throws InterruptedException {
        return new RoundMaker(eyes, time, CHINA)
                .make(MORNING, Map.of("gate", new Name("东门", "East gate"), "river", new Name("河道", "River")));
    }

    @Test
    void visitsEveryCameraAndNamesTheOneThatItMissed() throws Exception {
        Round round = make();
        assertThat(round.visits()).extracting(Round.Visit::camera).containsExactly("gate", "river", "yard");
        assertThat(round.visits()).extracting(Round.Visit::missed).containsExactly("", "it has no whole picture", "");
        assertThat(round.visits().getFirst().found())
                .as("of its labels, and sure enough")
                .containsExactly(detection("person", 0.9f));
        assertThat(eyes.isClosed)
                .as("a detector of its own ends with the round")
                .isTrue();
    }

    @Test
    void laysThePicturesOnOneSheet() throws Exception {
        Round round = make();
        SheetPlan plan = round.plan();
        assertThat(plan.columns()).isEqualTo(2);
        BufferedImage sheet = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(round.sheet())));
        assertThat(sheet.getWidth()).isEqualTo(2 * plan.tileWidth());
        assertThat(sheet.getHeight()).isEqualTo(2 * (plan.tileHeight() + plan.caption()));
        Color seen = new Color(sheet.getRGB(plan.tileWidth() / 2, plan.tileHeight() / 2));
        assertThat(seen.getGreen()).isGreaterThan(200);
        Color missed = new Color(sheet.getRGB(plan.tileWidth() * 3 / 2, plan.tileHeight() / 2));
        assertThat(missed.getGreen()).isEqualTo(missed.getRed()).isBetween(70, 100);
        Color frame = new Color(sheet.getRGB(plan.tileWidth() / 2, 0));
        assertThat(frame.getRed()).as("what was found has a frame").isGreaterThan(frame.getGreen() + 80);
    }

    @Test
    void aDetectorThatIsNotThereMissesAllAndSaysWhy() throws Exception {
        eyes.refusal = "there is no model 'x'";
        Round round = make();
        assertThat(round.visits())
                .hasSize(3)
                .allSatisfy(visit -> assertThat(visit.missed()).isEqualTo("there is no model 'x'"));
        assertThat(round.sheet()).isNotEmpty();
    }

    @Test
    void anOldPictureIsNoVisit() throws Exception {
        LookedPicture old = looked("gate");
        PatrolEyes.Sight late = new PatrolEyes.Sight() {
            @Override
            public CompletableFuture<LookedPicture> look(String camera) {
                return CompletableFuture.completedFuture(old);
            }

            @Override
            public CompletableFuture<byte[]> picture(SnapshotJob job) {
                return CompletableFuture.completedFuture(jpeg());
            }

            @Override
            public void close() {}
        };
        time.advance(Duration.ofMinutes(3));
        Round round = new RoundMaker(_ -> late, time, CHINA).make(MORNING, Map.of());
        assertThat(round.visits())
                .allSatisfy(visit -> assertThat(visit.missed()).contains("180 s old"));
    }

    @Test
    void makesARoundWhenItsTimeHasComeAndNotBefore() throws Exception {
        BlockingQueue<Round> rounds = new LinkedBlockingQueue<>();
        try (Patrols patrols = new Patrols(eyes, rounds::add, time, CHINA)) {
            patrols.apply(List.of(MORNING), Map.of());
            assertThat(rounds).isEmpty();
            time.advance(Duration.ofMinutes(2));
            patrols.start();
            Round round = rounds.poll(20, TimeUnit.SECONDS);
            assertThat(round).isNotNull();
            assertThat(opened).containsExactly("");
        }
        assertThat(rounds).isEmpty();
    }

    @Test
    void aRoundWhoseTimeIsLongPastIsLeftOut() throws Exception {
        BlockingQueue<Round> rounds = new LinkedBlockingQueue<>();
        PatrolSettings next = new PatrolSettings(
                "noon",
                MORNING.name(),
                MORNING.cameras(),
                new Timetable(List.of(LocalTime.of(8, 25)), Duration.ZERO),
                "",
                MORNING.found());
        try (Patrols patrols = new Patrols(eyes, rounds::add, time, CHINA)) {
            patrols.apply(List.of(MORNING, next), Map.of());
            time.advance(Duration.ofMinutes(30));
            patrols.start();
            Round round = Objects.requireNonNull(rounds.poll(20, TimeUnit.SECONDS));
            assertThat(round.patrol().id())
                    .as("08:00 was half an hour ago, 08:25 was not")
                    .isEqualTo("noon");
        }
        assertThat(rounds).isEmpty();
    }

    @Test
    void onePictureThatCannotBeReadSpoilsNoOther() throws Exception {
        eyes.spoilt = "yard";
        Round round = make();
        SheetPlan plan = round.plan();
        BufferedImage sheet = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(round.sheet())));
        assertThat(new Color(sheet.getRGB(plan.tileWidth() / 2, plan.tileHeight() / 2)).getGreen())
                .isGreaterThan(200);
        int below = plan.tileHeight() + plan.caption() + plan.tileHeight() / 2;
        Color yard = new Color(sheet.getRGB(plan.tileWidth() / 2, below));
        assertThat(yard.getGreen()).isEqualTo(yard.getRed()).isBetween(70, 100);
    }

    private static PatrolSettings at(String id, int hour, int minute) {
        return new PatrolSettings(
                id,
                MORNING.name(),
                MORNING.cameras(),
                new Timetable(List.of(LocalTime.of(hour, minute)), Duration.ZERO),
                "",
                MORNING.found());
    }

    @Test
    void theOneThatWaitsLongestGoesFirstWhereverItStands() throws Exception {
        BlockingQueue<Round> rounds = new LinkedBlockingQueue<>();
        try (Patrols patrols = new Patrols(eyes, rounds::add, time, CHINA)) {
            patrols.apply(List.of(at("later", 8, 2), MORNING), Map.of());
            time.advance(Duration.ofMinutes(4));
            patrols.start();
            for (String expected : List.of("morning", "later")) {
                Round round = Objects.requireNonNull(rounds.poll(20, TimeUnit.SECONDS));
                assertThat(round.patrol().id()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aFileThatIsReadAgainPutsNoRoundOff() throws Exception {
        BlockingQueue<Round> rounds = new LinkedBlockingQueue<>();
        try (Patrols patrols = new Patrols(eyes, rounds::add, time, CHINA)) {
            patrols.apply(List.of(MORNING, at("moved", 8, 1)), Map.of());
            time.advance(Duration.ofMinutes(3));
            patrols.apply(List.of(MORNING, at("moved", 9, 0)), Map.of());
            patrols.start();
            Round round = Objects.requireNonNull(rounds.poll(20, TimeUnit.SECONDS));
            assertThat(round.patrol().id()).isEqualTo("morning");
        }
        assertThat(rounds).as("a new time is a new turn").isEmpty();
    }

    @Test
    void refusesMoreNamesThanAnEventCanTell() {
        List<String> long64 = IntStream.range(0, PatrolSettings.MAX_CAMERAS)
                .mapToObj(i -> "camera-with-a-long-name-" + "x".repeat(60) + i)
                .toList();
        assertThatThrownBy(
                        () -> new PatrolSettings("p", MORNING.name(), long64, MORNING.timetable(), "", MORNING.found()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the list of cameras");
    }
}
