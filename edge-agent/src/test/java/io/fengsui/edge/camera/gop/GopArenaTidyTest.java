package io.fengsui.edge.camera.gop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GopArenaTidyTest {
    private static final int MIB = 1 << 20;
    private static final int CAMERAS = 100;
    private static final int BUSY_BYTES = 400_000;
    private static final int QUIET_BYTES = 30_000;
    private static final long GOP_NANOS = Duration.ofSeconds(2).toNanos();

    private final GopArena arena = new GopArena(new GopSettings(64 * MIB, MIB));
    private final List<GopBuffer> cameras = new ArrayList<>();
    private long index;

    private void round(int bytes, long nanos) {
        for (int i = 0; i < CAMERAS; i++) {
            if (cameras.size() == i) {
                cameras.add(new GopBuffer(arena));
            }
            cameras.get(i).add(keyframe(bytes(i, bytes), nanos, index++));
        }
    }

    private static AccessUnit keyframe(byte[] bytes, long nanos, long index) {
        return new AccessUnit(Codec.H264, bytes, true, true, nanos, nanos, 1, index);
    }

    private static byte[] bytes(int camera, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(camera).nextBytes(bytes);
        return bytes;
    }

    /** Quiet rounds for so long, from a moment on. */
    private long quiet(long fromNanos, Duration time) {
        long nanos = fromNanos;
        for (long end = fromNanos + time.toNanos(); nanos < end; nanos += GOP_NANOS) {
            round(QUIET_BYTES, nanos);
        }
        return nanos;
    }

    @Test
    void whatAllCamerasNeededOnceGoesBackToTheSystemLittleByLittle() {
        round(BUSY_BYTES, 0);
        assertThat(arena.usage().reservedBytes()).isGreaterThan((long) CAMERAS * BUSY_BYTES);
        long before = arena.usage().reservedBytes();

        long now = quiet(GOP_NANOS, Duration.ofSeconds(20));
        assertThat(arena.usage().reservedBytes()).isBetween(before - 12L * MIB, before - 6L * MIB);
        quiet(now, Duration.ofMinutes(2));

        assertThat(arena.usage().reservedBytes()).isLessThan(arena.usage().usedBytes() + 2 * MIB);
    }

    @Test
    void whatSomebodyHoldsStaysAsItWas() {
        round(BUSY_BYTES, 0);
        List<GopSnapshot> held = new ArrayList<>();
        for (int i = 0; i < CAMERAS; i += 10) {
            held.add(cameras.get(i).keyframe());
        }
        quiet(GOP_NANOS, Duration.ofMinutes(2));
        for (int i = 0; i < CAMERAS; i += 10) {
            GopSnapshot snapshot = held.get(i / 10);
            assertThat(snapshot.annexB(0)).isEqualTo(bytes(i, BUSY_BYTES));
            snapshot.release();
        }
    }

    @Test
    void allOfItCanBeUsedAgain() {
        round(BUSY_BYTES, 0);
        long peak = arena.usage().reservedBytes();
        long now = quiet(GOP_NANOS, Duration.ofMinutes(2));
        assertThat(arena.usage().reservedBytes()).isLessThan(peak / 2);

        round(BUSY_BYTES, now);

        assertThat(arena.usage().reservedBytes()).isLessThanOrEqualTo(peak + MIB);
        for (int i = 0; i < CAMERAS; i++) {
            GopSnapshot snapshot = cameras.get(i).keyframe();
            assertThat(snapshot.annexB(0)).isEqualTo(bytes(i, BUSY_BYTES));
            snapshot.release();
        }
        cameras.forEach(GopBuffer::clear);
        assertThat(arena.usage().usedBytes()).isZero();
    }

    @Test
    void keepsWhatIsNeededNowAndThen() {
        long now = 0;
        for (int i = 0; i < 30; i++) {
            round(i % 2 == 0 ? BUSY_BYTES : QUIET_BYTES, now);
            now += GOP_NANOS;
        }
        assertThat(arena.usage().reservedBytes()).isGreaterThan((long) CAMERAS * BUSY_BYTES);
    }

    /** With a budget so short that threads wait for each other's slabs. */
    @Test
    void loopsThatTakeWhileOthersGiveBackLoseNoSlabAndNoByte() throws Exception {
        long budget = 24L * MIB;
        GopArena shared = new GopArena(new GopSettings(budget, MIB));
        int loops = 3;
        try (ExecutorService threads = Executors.newFixedThreadPool(loops)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int loop = 0; loop < loops; loop++) {
                int first = loop * 1000;
                ends.add(threads.submit(() -> busyAndQuiet(shared, first)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        assertThat(shared.usage().usedBytes()).isZero();
        List<GopBuffer> whole = new ArrayList<>();
        for (long taken = 0; taken + MIB <= budget; taken += MIB) {
            GopBuffer one = new GopBuffer(shared);
            one.snapshot();
            one.add(keyframe(new byte[MIB], 0, 0));
            assertThat(one.size()).as("bytes " + taken + " of a whole arena").isEqualTo(1);
            whole.add(one);
        }
        whole.forEach(GopBuffer::clear);
    }

    private static void busyAndQuiet(GopArena shared, int first) {
        List<GopBuffer> own = new ArrayList<>();
        List<byte[]> large = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            own.add(new GopBuffer(shared));
            large.add(bytes(first + i, 700_000));
        }
        for (int round = 0; round < 240; round++) {
            boolean isBusy = round / 20 % 2 == 0;
            for (int i = 0; i < own.size(); i++) {
                byte[] bytes = isBusy ? large.get(i) : Arrays.copyOf(large.get(i), 5_000);
                own.get(i).snapshot().release();
                own.get(i).add(keyframe(bytes, round * GOP_NANOS, round));
                GopSnapshot snapshot = own.get(i).keyframe();
                if (!snapshot.isEmpty() && !Arrays.equals(snapshot.annexB(0), bytes)) {
                    throw new AssertionError("the keyframe of camera " + (first + i) + " is another");
                }
                snapshot.release();
            }
        }
        own.forEach(GopBuffer::clear);
    }
}
