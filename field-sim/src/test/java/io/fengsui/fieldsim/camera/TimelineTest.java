package io.fengsui.fieldsim.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.fieldsim.clip.AccessUnit;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private static final AccessUnitClip QUIET = clip(4);
    private static final AccessUnitClip HAPPENING = clip(6);

    private static AccessUnitClip clip(int frames) {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            units.add(new AccessUnit(List.of(new byte[] {(byte) (i == 0 ? 0x65 : 0x41), (byte) i}), i == 0));
        }
        return new AccessUnitClip(List.of(new byte[] {0x67, 1, 2, 3}, new byte[] {0x68, 1}), 15, units);
    }

    @Test
    void playsAHappeningOnceAndBeginsTheQuietClipAnewAfterIt() {
        Timeline timeline = Timeline.of(QUIET).with(6, HAPPENING);
        assertThat(timeline.unitAt(5)).isSameAs(QUIET.units().get(1));
        assertThat(timeline.unitAt(6)).isSameAs(HAPPENING.units().get(0));
        assertThat(timeline.unitAt(11)).isSameAs(HAPPENING.units().get(5));
        assertThat(timeline.unitAt(12)).isSameAs(QUIET.units().get(0));
        assertThat(timeline.unitAt(12 + 4_000_001)).isSameAs(QUIET.units().get(1));
        assertThat(timeline.clipAt(11)).isSameAs(HAPPENING);
        assertThat(timeline.clipAt(12)).isSameAs(QUIET);
    }

    @Test
    void findsTheNextFrameThatADecoderCanBeginWith() {
        Timeline timeline = Timeline.of(QUIET).with(6, HAPPENING);
        assertThat(timeline.keyframeFrom(4)).isEqualTo(4);
        assertThat(timeline.keyframeFrom(5)).isEqualTo(6);
        assertThat(timeline.keyframeFrom(7)).isEqualTo(12);
    }

    @Test
    void refusesHappeningsThatOverlap() {
        Timeline timeline = Timeline.of(QUIET).with(6, HAPPENING);
        assertThatThrownBy(() -> timeline.with(11, HAPPENING)).hasMessageContaining("overlap at frame 11");
    }
}
