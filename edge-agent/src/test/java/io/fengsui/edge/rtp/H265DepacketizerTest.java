package io.fengsui.edge.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.bitstream.H265Unit;
import io.fengsui.edge.bitstream.ParameterSets;
import io.fengsui.edge.bitstream.TestingH265;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H265DepacketizerTest {
    private static final ParameterSets UNKNOWN = ParameterSets.none(Codec.H265);

    /** Pictures of the stream: NAL units of each, without delimiters. */
    private static List<List<byte[]>> pictures() {
        List<List<byte[]>> pictures = new ArrayList<>();
        for (byte[] unit : TestingH265.units()) {
            if (H265Unit.type(unit[0]) == H265Unit.ACCESS_UNIT_DELIMITER) {
                pictures.add(new ArrayList<>());
            } else {
                pictures.getLast().add(unit);
            }
        }
        return pictures;
    }

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] array) {
                out.writeBytes(array);
            } else {
                out.write((Integer) part);
            }
        }
        return out.toByteArray();
    }

    private static byte[] single(byte[] unit, boolean hasNumber) {
        byte[] rest = Arrays.copyOfRange(unit, 2, unit.length);
        return hasNumber ? bytes((int) unit[0], (int) unit[1], 0, 7, rest) : unit;
    }

    private static byte[] aggregate(List<byte[]> units, boolean hasNumber) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(48 << 1, 1));
        boolean isFirst = true;
        for (byte[] unit : units) {
            out.writeBytes(hasNumber ? isFirst ? bytes(0, 3) : bytes(1) : new byte[0]);
            out.writeBytes(bytes(unit.length >> 8, unit.length & 0xff, unit));
            isFirst = false;
        }
        return out.toByteArray();
    }

    private static List<byte[]> fragments(byte[] unit, int size, boolean hasNumber) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 2; at < unit.length; at += size) {
            int end = Math.min(unit.length, at + size);
            int header = H265Unit.type(unit[0]) | (at == 2 ? 0x80 : 0) | (end == unit.length ? 0x40 : 0);
            byte[] number = hasNumber && at == 2 ? bytes(0, 9) : new byte[0];
            packets.add(
                    bytes(49 << 1 | unit[0] & 0x81, (int) unit[1], header, number, Arrays.copyOfRange(unit, at, end)));
        }
        return packets;
    }

    private static void send(TestingPackets camera, List<byte[]> units, String how, boolean hasNumber) {
        List<byte[]> packets = new ArrayList<>();
        if (how.equals("aggregate") && units.size() > 1) {
            packets.add(aggregate(units.subList(0, units.size() - 1), hasNumber));
            packets.addAll(fragments(units.getLast(), 700, hasNumber));
        } else {
            for (byte[] unit : units) {
                packets.addAll(
                        how.equals("fragments") && unit.length > 60
                                ? fragments(unit, 50, hasNumber)
                                : List.of(single(unit, hasNumber)));
            }
        }
        for (int i = 0; i < packets.size(); i++) {
            camera.packet(i == packets.size() - 1, packets.get(i));
        }
        camera.nextPicture();
    }

    @ParameterizedTest
    @CsvSource({
        "single, false",
        "single, true",
        "fragments, false",
        "fragments, true",
        "aggregate, false",
        "aggregate, true",
    })
    void takesPicturesWholeHoweverTheyArePacked(String how, boolean hasNumber) {
        TestingPackets camera = new TestingPackets(new RtpReceiver.Format(96, 90_000, UNKNOWN, hasNumber));
        pictures().forEach(picture -> send(camera, picture, how, hasNumber));
        assertThat(camera.counters.problems()).isEmpty();
        assertThat(camera.units).hasSize(24);
        for (int i = 0; i < 24; i++) {
            AccessUnit unit = camera.units.get(i);
            assertThat(unit.codec()).isEqualTo(Codec.H265);
            assertThat(unit.isKeyframe()).isEqualTo(i % 12 == 0);
            assertThat(unit.index()).isEqualTo(i);
            byte[] slice = pictures().get(i).getLast();
            byte[] end = Arrays.copyOfRange(unit.annexB(), unit.annexB().length - slice.length, unit.annexB().length);
            assertThat(end).isEqualTo(slice);
        }
        assertThat(AnnexB.split(camera.units.getFirst().annexB()).stream().map(H265Unit::type))
                .startsWith(H265Unit.VPS, H265Unit.SPS, H265Unit.PPS);
    }

    @Test
    void anotherSizeIsAnotherGeneration() {
        TestingPackets camera = new TestingPackets(new RtpReceiver.Format(96, 90_000, UNKNOWN));
        send(camera, pictures().getFirst(), "single", false);
        send(camera, pictures().get(1), "single", false);
        List<byte[]> changed = new ArrayList<>(pictures().getFirst());
        changed.replaceAll(unit -> {
            byte[] copy = unit.clone();
            if (H265Unit.type(unit[0]) == H265Unit.VPS) {
                copy[copy.length - 1] ^= 0x10;
            }
            return copy;
        });
        send(camera, changed, "aggregate", false);
        assertThat(camera.units).hasSize(3);
        assertThat(camera.units.get(1).generation())
                .isEqualTo(camera.units.getFirst().generation());
        assertThat(camera.units.get(2).generation())
                .isGreaterThan(camera.units.get(1).generation());
        assertThat(camera.units.get(2).index()).isZero();
    }

    @Test
    void aLostFragmentBreaksItsPictureOnly() {
        TestingPackets camera = new TestingPackets(new RtpReceiver.Format(96, 90_000, UNKNOWN));
        List<List<byte[]>> pictures = pictures();
        send(camera, pictures.getFirst(), "single", false);
        List<byte[]> packets = fragments(pictures.get(1).getLast(), 20, false);
        camera.packet(false, packets.getFirst()).lose(1);
        for (int i = 2; i < packets.size(); i++) {
            camera.packet(i == packets.size() - 1, packets.get(i));
        }
        camera.nextPicture();
        send(camera, pictures.get(2), "single", false);
        // The reorder ring waits for what is missing until enough came after it.
        for (int i = 3; i < 24; i++) {
            send(camera, pictures.get(i), "fragments", false);
        }
        assertThat(camera.counters.of(StreamProblem.BROKEN_ACCESS_UNIT)).isPositive();
        assertThat(camera.units).hasSize(23);
        assertThat(camera.units.get(1).index()).isGreaterThan(1);
    }

    @Test
    void refusesPaciAndGoesOn() {
        TestingPackets camera = new TestingPackets(new RtpReceiver.Format(96, 90_000, UNKNOWN));
        send(camera, pictures().getFirst(), "single", false);
        camera.packet(true, bytes(50 << 1, 1, 2, 3, 4, 5)).nextPicture();
        send(camera, pictures().get(1), "single", false);
        assertThat(camera.counters.of(StreamProblem.UNSUPPORTED_PACKETIZATION)).isEqualTo(1);
        assertThat(camera.units).hasSize(2);
    }

    @Test
    void leavesOutEnhancementLayersAndWaitsForParameterSets() {
        TestingPackets camera = new TestingPackets(new RtpReceiver.Format(96, 90_000, UNKNOWN));
        byte[] idr = pictures().getFirst().getLast();
        camera.packet(true, idr).nextPicture();
        assertThat(camera.counters.of(StreamProblem.UNDECODABLE_ACCESS_UNIT)).isEqualTo(1);
        byte[] layered = idr.clone();
        layered[1] |= 8;
        List<byte[]> both = new ArrayList<>(pictures().getFirst());
        both.add(layered);
        send(camera, both, "single", false);
        assertThat(camera.units).hasSize(1);
        assertThat(AnnexB.split(camera.units.getFirst().annexB()).stream().map(H265Unit::layer))
                .containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void livesWithPacketsThatAreTooShort(int length) {
        for (int type : new int[] {1, 19, 48, 49, 50, 63}) {
            for (boolean hasNumber : new boolean[] {false, true}) {
                TestingPackets camera = new TestingPackets(new RtpReceiver.Format(96, 90_000, UNKNOWN, hasNumber));
                byte[] payload = new byte[length];
                if (length > 0) {
                    payload[0] = (byte) (type << 1);
                }
                camera.packet(true, payload).nextPicture();
                pictures().forEach(picture -> send(camera, picture, "single", hasNumber));
                assertThat(camera.units).hasSize(24);
            }
        }
    }

    @FuzzTest
    void packets(byte[] bytes) {
        TestingPackets camera = new TestingPackets(new RtpReceiver.Format(96, 90_000, UNKNOWN, bytes.length % 2 == 1));
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.remaining() > 2) {
            int flags = in.get();
            byte[] payload = new byte[Math.min(in.get() & 0xFF, in.remaining())];
            in.get(payload);
            camera.timestamp += (flags & 2) * 1800L;
            camera.sequence += (flags >> 4) & 3;
            camera.packet((flags & 4) != 0, payload);
        }
        for (AccessUnit unit : camera.units) {
            assertThat(Arrays.copyOf(unit.annexB(), 4)).containsExactly(0, 0, 0, 1);
        }
    }
}
