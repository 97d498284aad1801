package io.fengsui.edge.rtp;

import static io.fengsui.edge.bitstream.TestingH264.idr;
import static io.fengsui.edge.bitstream.TestingH264.pps;
import static io.fengsui.edge.bitstream.TestingH264.sps;
import static io.fengsui.edge.rtp.TestingPackets.aggregate;
import static io.fengsui.edge.rtp.TestingPackets.fragments;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnitMemoryTest {
    private static final int KEYFRAME_BYTES = 40_000;
    private static final int PACKET_BYTES = 1_400;
    /** One array of each size that such a keyframe has while it grows. */
    private static final int GROWN_THROUGH = (32 << 10) + (64 << 10);

    @BeforeEach
    @AfterEach
    void forgetTheStockOfThisThread() {
        FastThreadLocal.removeAll();
    }

    private static List<TestingPackets> cameras(int count) {
        return Stream.generate(TestingPackets::new)
                .limit(count)
                .map(camera -> camera.packet(false, aggregate(sps(48, 27), pps(0))))
                .toList();
    }

    /** Of each camera another. */
    private static List<byte[]> keyframes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> idr(0, KEYFRAME_BYTES + i))
                .toList();
    }

    private static void send(TestingPackets camera, List<byte[]> packets, int at) {
        camera.packet(at == packets.size() - 1, packets.get(at));
    }

    private static void assertTail(TestingPackets camera, byte[] keyframe) {
        byte[] unit = camera.units.getLast().annexB();
        assertThat(Arrays.copyOfRange(unit, unit.length - keyframe.length, unit.length))
                .isEqualTo(keyframe);
    }

    @Test
    void camerasWhoseKeyframesComeOneAfterTheOtherShareTheMemoryOfOne() {
        List<TestingPackets> cameras = cameras(50);
        List<byte[]> keyframes = keyframes(50);
        for (int i = 0; i < cameras.size(); i++) {
            List<byte[]> packets = fragments(keyframes.get(i), PACKET_BYTES);
            for (int at = 0; at < packets.size(); at++) {
                send(cameras.get(i), packets, at);
            }
            assertTail(cameras.get(i), keyframes.get(i));
        }
        assertThat(UnitMemory.keptBytes()).isEqualTo(GROWN_THROUGH);
    }

    @Test
    void camerasInTheMiddleOfAKeyframeAtTheSameTimeHaveBytesOfTheirOwn() {
        List<TestingPackets> cameras = cameras(5);
        List<byte[]> keyframes = keyframes(5);
        List<List<byte[]>> packets = keyframes.stream()
                .map(keyframe -> fragments(keyframe, PACKET_BYTES))
                .toList();
        for (int at = 0; at < packets.getFirst().size(); at++) {
            for (int i = 0; i < cameras.size(); i++) {
                send(cameras.get(i), packets.get(i), at);
            }
        }
        for (int i = 0; i < cameras.size(); i++) {
            assertThat(cameras.get(i).units).hasSize(1);
            assertTail(cameras.get(i), keyframes.get(i));
        }
    }

    @Test
    void aPictureThatBeginsInThePacketThatEndsALargeOneIsWhole() {
        TestingPackets camera = cameras(1).getFirst();
        byte[] keyframe = idr(0, KEYFRAME_BYTES);
        fragments(keyframe, PACKET_BYTES).forEach(packet -> camera.packet(false, packet));
        byte[] next = idr(0, 300);
        camera.nextPicture().packet(true, next);
        assertThat(camera.units).hasSize(2);
        assertTail(camera, next);
        assertThat(UnitMemory.keptBytes()).isEqualTo(GROWN_THROUGH);
    }

    /** No marker, no delimiter: each picture ends where the next begins, in the array of the one before. */
    @Test
    void aCameraWhosePicturesEndWithTheNextGivesTheArrayOfItsKeyframeBack() {
        TestingPackets camera = cameras(1).getFirst();
        fragments(idr(0, 600_000), PACKET_BYTES).forEach(packet -> camera.packet(false, packet));
        assertThat(UnitMemory.keptBytes()).isLessThan(1 << 20);
        for (int i = 0; i < 3; i++) {
            camera.nextPicture();
            fragments(idr(0, 20_000), PACKET_BYTES).forEach(packet -> camera.packet(false, packet));
        }
        assertThat(UnitMemory.keptBytes()).isGreaterThanOrEqualTo(1 << 20);
        assertThat(camera.units).hasSize(3);
        camera.nextPicture().packet(true, idr(0, 300));
        assertThat(camera.units).hasSize(5);
        assertTail(camera, idr(0, 300));
    }

    @Test
    void keepsAsManyAsWereLentAtTheSameTimeAndLetsThemGoWhenNobodyNeedsThem() {
        int size = 32 << 10;
        List<byte[]> lent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            lent.add(UnitMemory.lend(size));
        }
        lent.forEach(UnitMemory::giveBack);
        assertThat(UnitMemory.keptBytes()).isEqualTo(30 * size);

        for (int i = 0; i < 2 * UnitMemory.LOOKED_AFTER; i++) {
            byte[] one = UnitMemory.lend(size);
            byte[] other = UnitMemory.lend(size);
            assertThat(lent).contains(one, other);
            UnitMemory.giveBack(one);
            UnitMemory.giveBack(other);
        }
        assertThat(UnitMemory.keptBytes()).isEqualTo(2 * size);
    }

    @Test
    void keepsNoneForAPictureOfAMegabyteTheLikeOfWhichNobodySends() {
        byte[] large = UnitMemory.lend(UnitMemory.MAX_KEPT_BYTES + 1);
        assertThat(large).hasSize(AccessUnit.MAX_BYTES);
        UnitMemory.giveBack(large);
        assertThat(UnitMemory.keptBytes()).isZero();
    }
}
