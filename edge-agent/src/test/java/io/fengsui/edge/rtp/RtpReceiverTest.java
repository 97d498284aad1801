package io.fengsui.edge.rtp;

import static io.fengsui.edge.bitstream.TestingH264.idr;
import static io.fengsui.edge.bitstream.TestingH264.pps;
import static io.fengsui.edge.bitstream.TestingH264.predicted;
import static io.fengsui.edge.bitstream.TestingH264.sps;
import static io.fengsui.edge.rtp.TestingPackets.aggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.bitstream.AccessUnit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RtpReceiverTest {
    private final TestingPackets camera = new TestingPackets();

    private void keyframe() {
        camera.packet(true, aggregate(sps(48, 27), pps(0), idr(0, 100))).nextPicture();
    }

    private byte[] picture(int bytes) {
        byte[] packet = camera.bytes(true, predicted(0, bytes));
        camera.nextPicture();
        return packet;
    }

    private void receive(byte[] packet) {
        camera.receiver.onRtp(packet, 0, packet.length, camera.nowNanos);
    }

    private List<Long> indexes() {
        return camera.units.stream().map(AccessUnit::index).toList();
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(0, last).boxed().toList();
    }

    @Test
    void findsThePayloadBehindSourcesExtensionAndPadding() throws Exception {
        byte[] bytes = new byte[12 + 8 + 8 + 5 + 3];
        bytes[0] = (byte) (0x80 | 0x20 | 0x10 | 2);
        bytes[1] = (byte) 0xE0;
        bytes[20 + 3] = 1; // one word of extension
        bytes[bytes.length - 1] = 3;
        RtpPacket packet = new RtpPacket();
        packet.read(bytes, 0, bytes.length, 5);
        assertThat(packet.payloadOffset()).isEqualTo(28);
        assertThat(packet.payloadLength()).isEqualTo(5);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(96);
    }

    @Test
    void aPacketHeldBackKeepsItsBytesWhenTheNextOnesOverwriteTheArray() {
        keyframe();
        List<byte[]> packets = List.of(picture(100), picture(101), picture(102));
        byte[] lent = new byte[4096];
        for (int at : new int[] {1, 2, 0}) {
            byte[] packet = packets.get(at);
            System.arraycopy(packet, 0, lent, 16, packet.length);
            camera.receiver.onRtp(lent, 16, packet.length, camera.nowNanos);
            Arrays.fill(lent, (byte) 1);
        }
        assertThat(indexes()).isEqualTo(upTo(3));
        for (int i = 0; i < 3; i++) {
            byte[] unit = camera.units.get(i + 1).annexB();
            byte[] packet = packets.get(i);
            assertThat(Arrays.copyOfRange(unit, 4, unit.length))
                    .isEqualTo(Arrays.copyOfRange(packet, 12, packet.length));
        }
    }

    @Test
    void refusesPacketsThatAreNone() {
        byte[][] wrong = {
            new byte[0],
            new byte[11],
            header(0x40), // version 1
            header(0x8F), // 15 sources in no bytes
            header(0x90), // an extension in no bytes
            header(0xA0), // padding of 0
        };
        for (byte[] bytes : wrong) {
            assertThatThrownBy(() -> new RtpPacket().read(bytes, 0, bytes.length, 0))
                    .isInstanceOf(MalformedPacketException.class);
            receive(bytes);
        }
        byte[] padded = header(0xA0);
        padded[11] = 13;
        receive(padded);
        assertThat(camera.counters.of(StreamProblem.MALFORMED_PACKET)).isEqualTo(7);
        assertThat(camera.units).isEmpty();
    }

    private static byte[] header(int first) {
        byte[] bytes = new byte[12];
        bytes[0] = (byte) first;
        return bytes;
    }

    @Test
    void putsShuffledPacketsInOrder() {
        camera.sequence = 65_500; // wraps on the way
        keyframe();
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 320; i++) {
            packets.add(picture(20 + i % 50));
        }
        Random random = new Random(5);
        for (int from = 0; from < packets.size(); from += 32) {
            Collections.shuffle(packets.subList(from, from + 32), random);
        }
        packets.forEach(this::receive);
        assertThat(indexes()).isEqualTo(upTo(320));
        assertThat(camera.counters.problems()).isEmpty();
    }

    @Test
    void duplicatesComeOutOnce() {
        keyframe();
        for (int i = 0; i < 10; i++) {
            byte[] packet = picture(30);
            receive(packet);
            receive(packet.clone());
        }
        assertThat(indexes()).isEqualTo(upTo(10));
        assertThat(camera.counters.of(StreamProblem.LATE_PACKET)).isEqualTo(10);
    }

    @Test
    void waitsForAMissingPacketNoLongerThanTheRing() {
        keyframe();
        camera.lose(1).nextPicture();
        for (int i = 0; i < 63; i++) {
            receive(picture(30));
        }
        assertThat(camera.units).hasSize(1);
        receive(picture(30));
        assertThat(camera.counters.of(StreamProblem.LOST_PACKET)).isEqualTo(1);
        assertThat(camera.units).hasSize(65);
    }

    @Test
    void waitsForAMissingPacketNoLongerThanItsTime() {
        keyframe();
        camera.lose(2).nextPicture();
        receive(picture(30));
        camera.nowNanos += 201_000_000L;
        receive(picture(30));
        assertThat(camera.counters.of(StreamProblem.LOST_PACKET)).isEqualTo(2);
        assertThat(camera.units).hasSize(3);
    }

    @Test
    void aJumpOfTheSequenceStartsAnewAfterTwoPackets() {
        keyframe();
        camera.sequence = (camera.sequence + 32_000) & 0xFFFF;
        receive(picture(30));
        receive(picture(30));
        receive(picture(30));
        assertThat(camera.counters.of(StreamProblem.SEQUENCE_RESET)).isEqualTo(1);
        assertThat(camera.counters.of(StreamProblem.LOST_PACKET)).isZero();
        assertThat(camera.units).hasSize(3);
        assertThat(camera.units.get(1).index()).isGreaterThan(1);
    }

    @Test
    void ofTwoSendersTheFirstIsHeard() {
        keyframe();
        for (int i = 0; i < 50; i++) {
            camera.ssrc = 99;
            int own = camera.sequence;
            receive(picture(30));
            camera.sequence = own;
            camera.ssrc = TestingPackets.SSRC;
            receive(picture(30));
        }
        assertThat(indexes()).isEqualTo(upTo(50));
        assertThat(camera.counters.of(StreamProblem.FOREIGN_SSRC)).isEqualTo(50);
    }

    @Test
    void aNewSenderIsFollowedWhenTheFormerIsSilent() {
        keyframe();
        camera.ssrc = 99;
        for (int i = 0; i < 30; i++) {
            receive(picture(30));
        }
        keyframe();
        assertThat(camera.units).hasSizeGreaterThan(10);
        assertThat(camera.units.getLast().isKeyframe()).isTrue();
    }

    @Test
    void afterAGoodbyeTheNextSenderIsFollowedAtOnce() {
        keyframe();
        byte[] bye = ByteBuffer.allocate(8)
                .putInt(0x81CB_0001)
                .putInt(TestingPackets.SSRC)
                .array();
        camera.receiver.onRtcp(bye, 0, bye.length, 0);
        camera.ssrc = 99;
        keyframe();
        assertThat(camera.units).hasSize(2);
        assertThat(camera.counters.of(StreamProblem.FOREIGN_SSRC)).isZero();
    }

    @Test
    void otherPayloadTypesArePassedOver() {
        keyframe();
        byte[] packet = picture(30);
        packet[1] = (byte) (0x80 | 50);
        receive(packet);
        assertThat(camera.units).hasSize(1);
        assertThat(camera.counters.of(StreamProblem.FOREIGN_PAYLOAD_TYPE)).isEqualTo(1);
    }

    @Test
    void reportsWhatItReceived() throws Exception {
        keyframe();
        ByteBuffer senderReport = ByteBuffer.allocate(28).putInt(0x80C8_0006).putInt(TestingPackets.SSRC);
        senderReport.putLong(0x1122_3344_5566_7788L).putInt(777);
        camera.receiver.onRtcp(senderReport.array(), 0, senderReport.array().length, 0);
        ByteBuffer report = ByteBuffer.wrap(camera.receiver.receiverReport(1_000_000_000L));
        assertThat(report.getInt()).isEqualTo(0x81C9_0007);
        assertThat(report.getInt()).isEqualTo(7);
        assertThat(report.getInt()).isEqualTo(TestingPackets.SSRC);
        assertThat(report.getInt()).isZero();
        assertThat(report.getInt()).isEqualTo(1000);
        report.getInt();
        assertThat(report.getInt()).isEqualTo(0x3344_5566);
        assertThat(report.getInt()).isEqualTo(65_536);
        assertThat(RtcpPacket.parse(report.array(), 0, 32)).isEmpty();
    }

    @Test
    void rtcpPastItsEndIsCountedAndHarmless() {
        byte[] pastTheEnd = ByteBuffer.allocate(8).putInt(0x80C8_FFFF).array();
        byte[] tooShort = ByteBuffer.allocate(8).putInt(0x80C8_0001).array();
        byte[] noHeader = {1, 2, 3};
        for (byte[] packet : List.of(pastTheEnd, tooShort, noHeader)) {
            camera.receiver.onRtcp(packet, 0, packet.length, 0);
        }
        assertThat(camera.counters.of(StreamProblem.MALFORMED_RTCP)).isEqualTo(3);
    }
}
