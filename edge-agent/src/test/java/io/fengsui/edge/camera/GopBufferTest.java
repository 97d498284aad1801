package io.fengsui.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import org.junit.jupiter.api.Test;

class GopBufferTest {
    private final GopBuffer gop = new GopBuffer(1000);

    private static AccessUnit unit(boolean isKeyframe, long generation, long index) {
        return new AccessUnit(Codec.H264, new byte[100], isKeyframe, true, 0, 0, generation, index);
    }

    private Gop after(AccessUnit... units) {
        for (AccessUnit unit : units) {
            gop.add(unit);
        }
        return gop.snapshot();
    }

    @Test
    void startsAtAKeyframe() {
        assertThat(after(unit(false, 1, 0), unit(false, 1, 1)).isEmpty()).isTrue();
        assertThat(after(unit(true, 1, 2), unit(false, 1, 3)).units()).hasSize(2);
        assertThat(after(unit(true, 1, 4)).units()).hasSize(1);
    }

    @Test
    void isBrokenAfterALossUntilTheNextKeyframe() {
        Gop broken = after(unit(true, 1, 0), unit(false, 1, 1), unit(false, 1, 3), unit(false, 1, 4));
        assertThat(broken.isBroken()).isTrue();
        assertThat(broken.units()).hasSize(2);
        assertThat(after(unit(true, 1, 5)).isBroken()).isFalse();
        assertThat(gop.brokenGops()).isEqualTo(1);
    }

    @Test
    void neverMixesGenerations() {
        assertThat(after(unit(true, 1, 0), unit(false, 2, 1)).units()).hasSize(1);
    }

    @Test
    void staysWithinItsBytes() {
        AccessUnit[] many = new AccessUnit[50];
        for (int i = 0; i < many.length; i++) {
            many[i] = unit(i == 0, 1, i);
        }
        Gop full = after(many);
        assertThat(full.units()).hasSize(10);
        assertThat(full.isBroken()).isTrue();
    }

    @Test
    void aSnapshotDoesNotChange() {
        Gop before = after(unit(true, 1, 0));
        after(unit(false, 1, 1));
        gop.clear();
        assertThat(before.units()).hasSize(1);
        assertThat(gop.snapshot().isEmpty()).isTrue();
    }
}
