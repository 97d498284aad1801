package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.bitstream.TestingH264;
import io.fengsui.edge.gate.admission.FirstDesk;
import io.fengsui.edge.gate.admission.SurgeDesk;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A camera with a flag in its left quarter: 15 pictures a second, one keyframe in two seconds, each look answered at once. The flag
 * and somebody outside make pictures larger and small pictures different, each in its place.
 */
final class FlagCamera {
    private static final long PICTURE = 1_000_000_000L / 15;
    static final int SECOND = 15;
    static final int HOUSE = 120;
    private static final int CLOTH = 60;

    private final SplittableRandom random = new SplittableRandom(7);
    final List<EmptyScene> told = new ArrayList<>();
    final SurgeDesk surge = new SurgeDesk(() -> 1);
    final CameraGate gate = new CameraGate(
            "cam",
            new CameraGate.Desks(new SurgeDesk(() -> 1), surge, new FirstDesk(), told::add),
            new SplittableRandom(1));
    private final Map<GateReason, Integer> reasons = new EnumMap<>(GateReason.class);
    private long pictures;
    /** Pictures from keyframe to keyframe. */
    int gop = 30;
    /** What the detector finds, by the look. */
    BiFunction<Scene, GateReason, List<Detection>> detector =
            (scene, _) -> scene.isSomebody() ? List.of(somebody()) : List.of();

    /** Whether a look for this reason comes to the detector; else it is dropped. */
    Predicate<GateReason> isLookedAt = _ -> true;

    int light = HOUSE;
    /** Bytes that somebody adds to a picture. */
    int body = 2500;
    /** Whether pictures behind a keyframe are half as large. */
    boolean isCoursed;

    /** What moves. */
    record Scene(boolean isFlag, boolean isSomebody) {}

    static final Scene STILL = new Scene(false, false);
    static final Scene FLAG = new Scene(true, false);

    long nowNanos() {
        return pictures * PICTURE;
    }

    void watch(GateSettings settings) {
        gate.settings().configure(settings);
    }

    /** Shows so many pictures; returns how many until the detector found somebody, or -1. */
    int show(Scene scene, int count) {
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

    CameraGate.Wish next(Scene scene) {
        boolean isKeyframe = pictures % gop == 0;
        int waving = scene.isFlag() ? 200 + random.nextInt(2400) : 0;
        int usual = isCoursed ? 150 + 15 * (int) Math.min(10, pictures % gop) : 300;
        int bytes = usual + random.nextInt(8) + waving + (scene.isSomebody() ? body : 0);
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
            case DETECT -> {
                if (isLookedAt.test(wish.reason())) {
                    gate.answer(new GateAnswer.Seen(of, detector.apply(scene, wish.reason())));
                } else {
                    gate.answer(new GateAnswer.Missed());
                }
            }
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

    int looks() {
        return reasons.entrySet().stream()
                .filter(entry -> entry.getKey().aim() == GateReason.Aim.DETECT && entry.getKey() != GateReason.AUDIT)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    int times(GateReason reason) {
        return reasons.getOrDefault(reason, 0);
    }
}
