package io.fengsui.edge.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.bitstream.TestingH264;
import io.fengsui.edge.gate.admission.FirstDesk;
import io.fengsui.edge.gate.admission.SurgeDesk;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.gate.trust.TrustReason;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A camera with a flag in its hidden left quarter: 15 pictures a second, one keyframe in two seconds, each answered at once. The flag
 * and somebody outside make pictures larger and small pictures different, each in its place.
 */
class HiddenMovementTest {
    private static final long PICTURE = 1_000_000_000L / 15;
    private static final int SECOND = 15;
    private static final int HOUSE = 120;
    private static final int CLOTH = 60;

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<EmptyScene> told = new ArrayList<>();
    private final CameraGate gate = new CameraGate(
            "cam",
            new CameraGate.Desks(new SurgeDesk(() -> 1), new SurgeDesk(() -> 1), new FirstDesk(), told::add),
            new SplittableRandom(1));
    private final Map<GateReason, Integer> reasons = new EnumMap<>(GateReason.class);
    private long pictures;
    private int light = HOUSE;

    /** What moves. */
    private record Scene(boolean isFlag, boolean isSomebody) {}

    private static final Scene STILL = new Scene(false, false);
    private static final Scene FLAG = new Scene(true, false);

    private void watch(GateSettings settings) {
        gate.settings().configure(settings);
    }

    /** Shows so many pictures; returns how many until the detector found somebody, or -1. */
    private int show(Scene scene, int count) {
        reasons.clear();
        for (int i = 0; i < count; i++) {
            CameraGate.Wish wish = next(scene);
            reasons.merge(wish.reason(), 1, Integer::sum);
            if (scene.isSomebody() && wish.reason().aim() == GateReason.Aim.DETECT) {
                return i;
            }
        }
        return -1;
    }

    private CameraGate.Wish next(Scene scene) {
        boolean isKeyframe = pictures % 30 == 0;
        int waving = scene.isFlag() ? 200 + random.nextInt(2400) : 0;
        int bytes = 300 + random.nextInt(8) + waving + (scene.isSomebody() ? 2500 : 0);
        byte[] coded = isKeyframe
                ? annexB(TestingH264.sps(40, 23), TestingH264.pps(0), TestingH264.idr(0, 20_000))
                : annexB(TestingH264.predicted(0, bytes));
        long now = pictures * PICTURE;
        AccessUnit unit = new AccessUnit(Codec.H264, coded, isKeyframe, true, pictures * 6000, now, 1, pictures++);
        CameraGate.Wish wish = gate.onUnit(unit);
        gate.granted(wish);
        GateAnswer.Of of = new GateAnswer.Of(wish.reason(), 1, now);
        switch (wish.reason().aim()) {
            case LUMA -> gate.answer(new GateAnswer.Small(of, small(scene)));
            case DETECT -> gate.answer(new GateAnswer.Seen(of, scene.isSomebody() ? List.of(somebody()) : List.of()));
            case NOTHING -> {}
        }
        return wish;
    }

    private Detection somebody() {
        float left = 0.5f + pictures % 30 / 100f;
        return new Detection("person", 0.9f, new Box(left, 0.4f, left + 0.1f, 0.8f), 0);
    }

    private LumaPicture small(Scene scene) {
        byte[] luma = new byte[LumaPicture.PIXELS];
        Arrays.fill(luma, (byte) light);
        if (scene.isFlag()) {
            fill(luma, (int) (5 + pictures % 10), 30);
        }
        if (scene.isSomebody()) {
            fill(luma, 90, 100);
        }
        return new LumaPicture(luma, 50);
    }

    private static void fill(byte[] luma, int left, int right) {
        for (int row = 20; row < 60; row++) {
            int from = row * LumaPicture.WIDTH;
            Arrays.fill(luma, from + left, from + right, (byte) CLOTH);
        }
    }

    private static byte[] annexB(byte[]... nals) {
        byte[] bytes = new byte[Arrays.stream(nals).mapToInt(n -> n.length + 4).sum()];
        int at = 0;
        for (byte[] nal : nals) {
            at = AnnexB.putStartCode(bytes, at);
            System.arraycopy(nal, 0, bytes, at, nal.length);
            at += nal.length;
        }
        return bytes;
    }

    private int looks() {
        return reasons.entrySet().stream()
                .filter(entry -> entry.getKey().aim() == GateReason.Aim.DETECT && entry.getKey() != GateReason.AUDIT)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private int times(GateReason reason) {
        return reasons.getOrDefault(reason, 0);
    }

    @Test
    void withoutAMaskTheFlagWakesTheCamera() {
        watch(GateCase.settings(Duration.ZERO));
        show(STILL, 60 * SECOND);
        show(FLAG, 5 * SECOND);
        assertThat(times(GateReason.SIZE)).isEqualTo(1);
        assertThat(looks()).isGreaterThan(3);
    }

    @Test
    void aGustIsToldAndWakesNobodyAndSomebodyOutsideIsFoundAtOnce() {
        watch(GateCase.masked(Duration.ZERO));
        show(STILL, 60 * SECOND);
        assertThat(gate.status().isTrusted()).isTrue();
        for (int gust = 0; gust < 3; gust++) {
            show(FLAG, 3 * SECOND);
            assertThat(looks()).isZero();
            assertThat(times(GateReason.MASKED)).isBetween(1, 5);
            show(STILL, 57 * SECOND);
            assertThat(looks()).isZero();
        }
        assertThat(told).extracting(EmptyScene::reason).containsOnly(GateReason.MASKED);
        int until = show(new Scene(false, true), 4 * SECOND);
        assertThat(until).as("pictures until somebody is looked at").isBetween(1, 10);
        assertThat(times(GateReason.LUMA)).isEqualTo(1);
        assertThat(gate.counters().openings(GateReason.LUMA)).isEqualTo(1);
        assertThat(gate.counters().openings(GateReason.SIZE)).isZero();
    }

    /** Sizes learn the flag; then they could not show somebody small, and each keyframe is looked into. */
    @Test
    void aFlagThatWavesAllDayIsLearnedAndSomebodyIsFoundByTheNextKeyframe() {
        watch(GateCase.masked(Duration.ZERO));
        show(STILL, 60 * SECOND);
        show(FLAG, 300 * SECOND);
        assertThat(looks()).isZero();
        assertThat(gate.status().isTrusted()).isFalse();
        show(FLAG, 60 * SECOND);
        assertThat(looks()).isZero();
        assertThat(times(GateReason.MASKED)).as("sizes have learned").isLessThan(3);
        assertThat(times(GateReason.SAMPLE)).as("keyframes in a minute").isEqualTo(30);
        assertThat(show(new Scene(true, true), 4 * SECOND))
                .as("pictures until somebody is looked at")
                .isBetween(0, 31);
    }

    @Test
    void afterTheWindSizesAreTrustedAgain() {
        watch(GateCase.masked(Duration.ZERO));
        show(STILL, 60 * SECOND);
        show(FLAG, 60 * SECOND);
        assertThat(gate.status().trustReason()).isEqualTo(TrustReason.NOISY);
        show(STILL, 400 * SECOND);
        assertThat(gate.status().isTrusted()).isTrue();
    }

    /** A lamp that somebody switches on by walking by. */
    @Test
    void anotherLightOpensSinceNobodyCanSayWhatMoved() {
        watch(GateCase.masked(Duration.ZERO));
        show(STILL, 60 * SECOND);
        light = HOUSE + 40;
        int until = show(new Scene(false, true), 2 * SECOND);
        assertThat(until).isBetween(1, 10);
        assertThat(gate.counters().openings(GateReason.LUMA)).isEqualTo(1);
    }
}
