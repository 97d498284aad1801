package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.wire.Following;
import io.fengsui.edge.vision.wire.ToWorker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowedTest {
    private final Followed followed = new Followed();

    private static LookJob look(String camera, long firstIndex, int units, GateReason reason) {
        List<AccessUnit> all = new ArrayList<>();
        for (int i = 0; i < units; i++) {
            all.add(new AccessUnit(Codec.H264, new byte[] {(byte) i}, i == 0, true, i, i, 1, firstIndex + i));
        }
        return new LookJob(new Look(camera, all, true, reason), 0);
    }

    private ToWorker.Detect told(LookJob job) {
        return (ToWorker.Detect) followed.toWire(job, 1);
    }

    @Test
    void anAwakeCameraCostsOnlyWhatIsNew() {
        assertThat(told(look("a", 0, 5, GateReason.SIZE)).following()).isEqualTo(new Following("a", false));
        ToWorker.Detect next = told(look("a", 0, 12, GateReason.FOLLOW));
        assertThat(next.following()).isEqualTo(new Following("a", true));
        assertThat(next.range().units()).hasSize(7);
        assertThat(next.range().units().getFirst()).containsExactly(5);
    }

    @Test
    void anotherKeyframeBeginsAnew() {
        told(look("a", 0, 20, GateReason.SIZE));
        ToWorker.Detect next = told(look("a", 30, 2, GateReason.FOLLOW));
        assertThat(next.following()).isEqualTo(new Following("a", false));
        assertThat(next.range().units()).hasSize(2);
        assertThat(told(look("a", 30, 3, GateReason.FOLLOW)).range().units()).hasSize(1);
    }

    @Test
    void theSamePicturesAgainComeWhole() {
        told(look("a", 0, 5, GateReason.SIZE));
        assertThat(told(look("a", 0, 5, GateReason.REQUESTED)).range().units()).hasSize(5);
    }

    @Test
    void aLoneKeyframeOfASleepingCameraKeepsNoDecoder() {
        assertThat(told(look("a", 0, 1, GateReason.KEYFRAME)).following()).isEqualTo(Following.NONE);
        assertThat(followed.knows("a")).isFalse();
        assertThat(followed.toWire(look("a", 0, 3, GateReason.SAMPLE), 1)).isInstanceOf(ToWorker.TakeLuma.class);
        assertThat(followed.knows("a")).isFalse();
    }

    @Test
    void whatTheWorkerLostComesWhole() {
        told(look("a", 0, 5, GateReason.SIZE));
        followed.forget("a");
        assertThat(told(look("a", 0, 6, GateReason.FOLLOW)).range().units()).hasSize(6);
    }

    @Test
    void onlySoManyAreFollowedAndTheLongestUnseenIsForgotten() {
        for (int i = 0; i <= Followed.MAX; i++) {
            told(look("camera-" + i, 0, 2, GateReason.FOLLOW));
            told(look("camera-0", 0, 3 + i, GateReason.FOLLOW));
        }
        assertThat(followed.knows("camera-0")).isTrue();
        assertThat(followed.knows("camera-1")).isFalse();
    }
}
