package io.fengsui.edge.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.bitstream.TestingH264;
import io.fengsui.edge.gate.admission.FirstDesk;
import io.fengsui.edge.gate.admission.SurgeDesk;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.gate.trust.EarnedTrust;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A camera before which nothing ever happens: 15 pictures a second, one keyframe in two seconds, each answered at once. */
class EarnedTrustTest {
    private static final long PICTURE = 1_000_000_000L / 15;
    private static final long LIMIT = 15L * 300;
    private static final byte[] SPS = TestingH264.sps(40, 23);

    private final CameraGate gate = gate();
    private long generation;
    private long pictures;

    private static CameraGate gate() {
        CameraGate made = new CameraGate(
                "cam",
                new CameraGate.Desks(new SurgeDesk(() -> 1), new SurgeDesk(() -> 1), new FirstDesk(), scene -> {}),
                new SplittableRandom(1));
        made.settings().configure(GateSettings.of("auto", Duration.ZERO));
        return made;
    }

    private static byte[] annexB(byte[]... units) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] unit : units) {
            all.writeBytes(new byte[] {0, 0, 0, 1});
            all.writeBytes(unit);
        }
        return all.toByteArray();
    }

    /** Seconds of a new stream until its sizes are trusted. */
    private double secondsUntilTrusted(CameraGate of, byte[] sps) {
        generation++;
        byte[] small = new byte[LumaPicture.PIXELS];
        Arrays.fill(small, (byte) 120);
        for (int i = 0; i < LIMIT; i++) {
            boolean isKeyframe = i % 30 == 0;
            byte[] bytes = isKeyframe
                    ? annexB(sps, TestingH264.pps(0), TestingH264.idr(0, 20_000))
                    : annexB(TestingH264.predicted(0, 300 + i % 7));
            long now = pictures++ * PICTURE;
            AccessUnit unit = new AccessUnit(Codec.H264, bytes, isKeyframe, true, pictures * 6000, now, generation, i);
            CameraGate.Wish wish = of.onUnit(unit);
            of.granted(wish);
            if (i > 0 && of.status().isTrusted()) {
                return i / 15.0;
            }
            switch (wish.reason().aim()) {
                case LUMA ->
                    of.answer(new GateAnswer.Small(
                            new GateAnswer.Of(wish.reason(), generation, now), new LumaPicture(small, 50)));
                case DETECT ->
                    of.answer(new GateAnswer.Seen(new GateAnswer.Of(wish.reason(), generation, now), List.of()));
                case NOTHING -> {}
            }
        }
        throw new AssertionError("never trusted");
    }

    @Test
    void aStreamThatComesBackIsTrustedAsSoonAsItsSizesAreKnownAndTwoSamplesAgree() {
        assertThat(secondsUntilTrusted(gate, SPS)).isBetween(30.0, 36.0);
        assertThat(gate.earned()).hasSize(1);
        assertThat(secondsUntilTrusted(gate, SPS)).isBetween(10.0, 16.0);
        assertThat(secondsUntilTrusted(gate, TestingH264.sps(80, 45)))
                .as("another size of picture")
                .isBetween(30.0, 36.0);
    }

    @Test
    void whatWasEarnedBeforeARestartCounts() {
        secondsUntilTrusted(gate, SPS);
        List<EarnedTrust> kept = List.copyOf(gate.earned());
        CameraGate next = gate();
        next.remember(kept);
        assertThat(secondsUntilTrusted(next, SPS)).isBetween(10.0, 16.0);
        assertThat(next.earned()).containsExactlyElementsOf(kept);
    }
}
