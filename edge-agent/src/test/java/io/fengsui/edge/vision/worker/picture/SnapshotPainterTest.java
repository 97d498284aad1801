package io.fengsui.edge.vision.worker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.wire.CodedRange;
import io.fengsui.edge.vision.wire.Outline;
import io.fengsui.edge.vision.wire.ToWorker;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPainterTest {
    static {
        System.setProperty(
                "org.bytedeco.javacpp.cachedir", TestingStreet.nativeLibraries().toString());
    }

    /** An L that goes beyond the picture's edge: the square in its corner is to be seen. */
    private static final Outline CORNER =
            new Outline("garden", List.of(-0.5, 0.6, 0.6, 0.3, 0.3, -0.5), List.of(-0.5, -0.5, 0.3, 0.3, 0.8, 0.8));

    private final RangeDecoder decoder = new RangeDecoder();
    private final SnapshotPainter painter = new SnapshotPainter();

    @AfterEach
    void close() {
        painter.close();
        decoder.close();
    }

    private BufferedImage painted(int width, ToWorker.Drawn drawn) throws IOException {
        CodedRange range = new CodedRange(Codec.H264, TestingStreet.annexB().subList(0, 1));
        var decoded = (RangeDecoder.Decoded.Picture) decoder.decode(range);
        byte[] jpeg = painter.paint(decoded.frame(), new ToWorker.TakeSnapshot(1, range, drawn, width, 90));
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
    }

    private static int brightness(BufferedImage picture, double x, double y) {
        int rgb = picture.getRGB((int) (x * picture.getWidth()), (int) (y * picture.getHeight()));
        return Math.max(rgb >> 16 & 0xff, Math.max(rgb >> 8 & 0xff, rgb & 0xff));
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 640, 333})
    void whatIsHiddenIsBlackWhateverItsShapeAndThePicturesSize(int width) throws IOException {
        BufferedImage seen = painted(width, new ToWorker.Drawn(List.of(), List.of(), List.of()));
        BufferedImage covered = painted(width, new ToWorker.Drawn(List.of(CORNER), List.of(), List.of()));
        for (double x = 0.005; x < 1; x += 0.03) {
            for (double y = 0.005; y < 1; y += 0.03) {
                boolean isHidden = x < 0.6 && y < 0.3 || x < 0.3 && y < 0.8;
                boolean isFar = x > 0.65 || x > 0.35 && y > 0.36 || y > 0.86;
                if (isHidden) {
                    assertThat(brightness(covered, x, y)).as(x + " " + y).isLessThan(24);
                } else if (isFar) {
                    assertThat(brightness(covered, x, y)).as(x + " " + y).isCloseTo(brightness(seen, x, y), within(12));
                }
            }
        }
    }

    @Test
    void boxesAndZonesAreDrawnOverWhatIsHidden() throws IOException {
        Detection person = new Detection("person", 0.9f, new Box(0.05f, 0.05f, 0.2f, 0.2f), 1);
        BufferedImage picture = painted(1280, new ToWorker.Drawn(List.of(CORNER), List.of(person), List.of()));
        assertThat(brightness(picture, 0.125, 0.05)).isGreaterThan(150);
        assertThat(brightness(picture, 0.125, 0.125)).isLessThan(24);
    }

    private static org.assertj.core.data.Offset<Integer> within(int offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
