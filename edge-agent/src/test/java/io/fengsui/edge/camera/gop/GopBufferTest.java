package io.fengsui.edge.camera.gop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GopBufferTest {
    private static final int SLABS = 256;
    private static final int SLAB = GopArena.SLAB_BYTES;

    private final GopArena arena = new GopArena(new GopSettings((long) SLABS * SLAB, 40 * SLAB));
    private final GopBuffer gop = new GopBuffer(arena);

    private static AccessUnit unit(boolean isKeyframe, long generation, long index) {
        return unit(isKeyframe, generation, index, 100, 0);
    }

    private static AccessUnit unit(boolean isKeyframe, long generation, long index, int bytes, long nanos) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (generation * 31 + index * 7 + i);
        }
        return new AccessUnit(Codec.H264, content, isKeyframe, true, index, nanos, generation, index);
    }

    private GopSnapshot after(AccessUnit... units) {
        for (AccessUnit unit : units) {
            gop.add(unit);
        }
        return gop.snapshot();
    }

    @Test
    void startsAtAKeyframe() {
        assertThat(after(unit(false, 1, 0), unit(false, 1, 1)).isEmpty()).isTrue();
        assertThat(after(unit(true, 1, 2), unit(false, 1, 3)).size()).isEqualTo(2);
        assertThat(after(unit(true, 1, 4)).size()).isEqualTo(1);
    }

    @Test
    void isBrokenAfterALossUntilTheNextKeyframe() {
        GopSnapshot broken = after(unit(true, 1, 0), unit(false, 1, 1), unit(false, 1, 3), unit(false, 1, 4));
        assertThat(broken.isBroken()).isTrue();
        assertThat(broken.size()).isEqualTo(2);
        assertThat(after(unit(true, 1, 5)).isBroken()).isFalse();
        assertThat(gop.brokenGops()).isEqualTo(1);
    }

    @Test
    void neverMixesGenerations() {
        assertThat(after(unit(true, 1, 0), unit(false, 2, 1)).size()).isEqualTo(1);
    }

    @Test
    void aCameraStaysWithinItsBytes() {
        for (int i = 0; i < 50; i++) {
            gop.add(unit(i == 0, 1, i, SLAB, 0));
        }
        GopSnapshot full = gop.snapshot();
        assertThat(full.size()).isEqualTo(40);
        assertThat(full.isBroken()).isTrue();
    }

    @Test
    void aSnapshotDoesNotChange() {
        GopSnapshot before = after(unit(true, 1, 0, 3 * SLAB + 5, 1));
        for (int i = 1; i < 100; i++) {
            gop.add(unit(false, 1, i, 300, i));
        }
        gop.clear();
        assertThat(before.size()).isEqualTo(1);
        assertThat(before.bytes()).isEqualTo(3 * SLAB + 5);
        assertThat(before.annexB(0)).isEqualTo(unit(true, 1, 0, 3 * SLAB + 5, 1).annexB());
        assertThat(gop.snapshot().isEmpty()).isTrue();
        assertThat(arena.usage().usedBytes()).isPositive();
        before.release();
        assertThat(arena.usage().usedBytes()).isZero();
    }

    @Test
    void aReleasedSnapshotIsNeitherReadNorReleasedAgain() {
        GopSnapshot snapshot = after(unit(true, 1, 0));
        GopSnapshot shared = snapshot.share();
        snapshot.release();
        assertThatThrownBy(() -> snapshot.annexB(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(snapshot::share).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(snapshot::release).isInstanceOf(IllegalStateException.class);
        assertThat(shared.annexB(0)).isEqualTo(unit(true, 1, 0).annexB());
        shared.release();
    }

    @Test
    void aCopyOutlivesTheArena() {
        GopSnapshot snapshot = after(unit(true, 1, 0), unit(false, 1, 1, 2 * SLAB, 9));
        KeptPictures copy = snapshot.copy();
        snapshot.release();
        gop.clear();
        assertThat(copy.size()).isEqualTo(2);
        assertThat(copy.arrivalNanos()).isEqualTo(9);
        assertThat(copy.annexB(1)).isEqualTo(unit(false, 1, 1, 2 * SLAB, 9).annexB());
    }

    @Test
    void coldCamerasShrinkBeforeWatchedOnesLoseAnything() {
        List<GopBuffer> cold = new ArrayList<>();
        for (int c = 0; c < 9; c++) {
            cold.add(new GopBuffer(arena));
        }
        long nanos = Duration.ofHours(1).toNanos();
        for (int i = 0; i < 36; i++) {
            AccessUnit next = unit(i == 0, 1, i, SLAB, nanos + i);
            gop.add(next);
            gop.snapshot().release();
            cold.forEach(camera -> camera.add(next));
        }
        assertThat(gop.size()).isEqualTo(36);
        assertThat(gop.isBroken()).isFalse();
        assertThat(cold).allSatisfy(camera -> assertThat(camera.size()).isBetween(1, 35));
        assertThat(cold).anySatisfy(camera -> assertThat(camera.isBroken()).isTrue());
        assertThat(arena.usage().shrunk()).isPositive();
        assertThat(arena.usage().refused()).isZero();
    }

    @Test
    void aColdCameraThatShrinksKeepsItsKeyframeAndItsShare() {
        GopBuffer other = new GopBuffer(arena);
        long nanos = Duration.ofHours(1).toNanos();
        for (int i = 0; i < 39; i++) {
            other.add(unit(i == 0, 1, i, SLAB, nanos));
        }
        List<GopBuffer> more = new ArrayList<>();
        for (int c = 0; c < 7; c++) {
            GopBuffer camera = new GopBuffer(arena);
            camera.snapshot();
            more.add(camera);
            for (int i = 0; i < 30; i++) {
                camera.add(unit(i == 0, 1, i, SLAB, 1));
            }
        }
        other.add(unit(false, 1, 39, 1, nanos));
        assertThat(arena.usage().shrunk()).isEqualTo(1);
        assertThat(other.bytes()).isBetween(20 * SLAB, arena.coldShareBytes());
        assertThat(other.isBroken()).isTrue();
        more.forEach(GopBuffer::clear);
    }
}
