package io.fengsui.edge.vision.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final Detection PERSON = new Detection("person", 0.5f, new Box(0.1f, 0.2f, 0.3f, 0.4f), 7);
    private static final CodedRange RANGE = new CodedRange(Codec.H265, List.of(new byte[] {1, 2}, new byte[] {3}));

    private static final List<FromWorker> FROM = List.of(
            new FromWorker.Ready(12, 2, "nanodet-g", "1", "ab", "onnxruntime"),
            new FromWorker.LoadFailed("模型坏了"),
            new FromWorker.Heartbeat(1L << 33, 5),
            new FromWorker.Detected(
                    9, 640, 360, new FromWorker.Pictures(12, 1), new FromWorker.Spent(1, 2, 3, 4), List.of(PERSON)),
            new FromWorker.Skipped(3, SkipReason.CORRUPT, "all"));

    private static ByteBuffer body(ByteBuffer frame) {
        assertThat(frame.getInt()).isEqualTo(frame.remaining());
        return frame;
    }

    @Test
    void whatAWorkerSaysComesBackAsItWas() throws IOException {
        for (FromWorker message : FROM) {
            assertThat(Wire.fromWorker(body(Wire.frame(message)))).isEqualTo(message);
        }
        FromWorker small = Wire.fromWorker(body(
                Wire.frame(new FromWorker.LumaTaken(5, new FromWorker.Pictures(1, 0), 77, 31, new byte[160 * 90]))));
        assertThat(small).isInstanceOfSatisfying(FromWorker.LumaTaken.class, s -> {
            assertThat(s.luma()).hasSize(160 * 90);
            assertThat(s.chroma()).isEqualTo(31);
            assertThat(s.decodeNanos()).isEqualTo(77);
        });
        FromWorker jpeg = Wire.fromWorker(
                body(Wire.frame(new FromWorker.SnapshotTaken(4, new FromWorker.Pictures(3, 2), new byte[] {9, 8}))));
        assertThat(jpeg)
                .isInstanceOfSatisfying(
                        FromWorker.SnapshotTaken.class,
                        s -> assertThat(s.jpeg()).containsExactly(9, 8));
    }

    @Test
    void whatAWorkerIsAskedComesBackAsItWas() throws IOException {
        Outline zone = new Outline("禁区", List.of(0.0, 1.0, 0.5), List.of(0.0, 0.0, 1.0));
        Outline window = new Outline("window", List.of(0.1, 0.2, 0.2), List.of(0.1, 0.1, 0.2));
        ToWorker.Drawn drawn = new ToWorker.Drawn(List.of(window), List.of(PERSON), List.of(zone));
        ToWorker.TakeSnapshot asked = new ToWorker.TakeSnapshot(2, RANGE, drawn, 960, 85);
        assertThat(Wire.toWorker(body(Wire.frame(asked)))).isInstanceOfSatisfying(ToWorker.TakeSnapshot.class, s -> {
            assertThat(s.range().codec()).isEqualTo(Codec.H265);
            assertThat(s.range().units().getFirst()).containsExactly(1, 2);
            assertThat(s.drawn()).isEqualTo(drawn);
            assertThat(s.quality()).isEqualTo(85);
        });
        Following following = new Following("gate-1", true);
        assertThat(Wire.toWorker(body(Wire.frame(new ToWorker.Detect(1, RANGE, following)))))
                .isInstanceOfSatisfying(ToWorker.Detect.class, d -> {
                    assertThat(d.job()).isEqualTo(1);
                    assertThat(d.following()).isEqualTo(following);
                });
        assertThat(Wire.toWorker(body(Wire.frame(new ToWorker.TakeLuma(6, RANGE)))))
                .isInstanceOf(ToWorker.TakeLuma.class);
        assertThat(Wire.toWorker(body(Wire.frame(new ToWorker.DetectInPixels(5, 2, 1, new byte[6])))))
                .isInstanceOf(ToWorker.DetectInPixels.class);
    }

    @Test
    void framesAreCutRightHoweverTheBytesArrive() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (FromWorker message : FROM) {
            ByteBuffer frame = Wire.frame(message);
            stream.write(frame.array(), frame.arrayOffset(), frame.remaining());
        }
        byte[] large = new byte[300_000];
        ByteBuffer last = Wire.frame(new FromWorker.SnapshotTaken(1, new FromWorker.Pictures(3, 2), large));
        stream.write(last.array(), last.arrayOffset(), last.remaining());
        for (int step : new int[] {1, 3, 1000, 70_000}) {
            ByteArrayInputStream in = new ByteArrayInputStream(stream.toByteArray());
            Frames frames = new Frames(Wire.MAX_FROM_WORKER);
            List<FromWorker> messages = new ArrayList<>();
            Frames.Source source = into -> {
                byte[] piece = in.readNBytes(Math.min(step, into.remaining()));
                into.put(piece);
                return piece.length == 0 ? -1 : piece.length;
            };
            int got;
            do {
                got = frames.readFrom(source, frame -> messages.add(Wire.fromWorker(frame)));
            } while (got >= 0);
            assertThat(messages).hasSize(FROM.size() + 1).startsWith(FROM.toArray(FromWorker[]::new));
        }
    }

    @Test
    void aLengthOverTheCapIsRefusedBeforeAnythingIsKept() {
        Frames frames = new Frames(1000);
        Frames.Source source = into -> {
            into.putInt(1001);
            return 4;
        };
        assertThatThrownBy(() -> frames.readFrom(source, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1001 bytes");
    }

    @Test
    void aListThatClaimsMoreThanIsThereIsRefused() throws IOException {
        ByteBuffer frame = Wire.frame(new ToWorker.Detect(1, RANGE, Following.NONE));
        int units = Frames.PREFIX + 1 + Long.BYTES + Integer.BYTES + "H265".length();
        frame.putInt(units, 1_000_000);
        assertThatThrownBy(() -> Wire.toWorker(body(frame)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000000 entries");
    }

    @FuzzTest
    void anyBytesAreAMessageOrAnIoException(byte[] bytes) {
        for (int i = 0; i < 2; i++) {
            try {
                assertThat(i == 0 ? Wire.fromWorker(ByteBuffer.wrap(bytes)) : Wire.toWorker(ByteBuffer.wrap(bytes)))
                        .isNotNull();
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }
}
