package io.fengsui.edge.vision.worker.picture;

import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes words into pictures. OpenCV's own letters are ASCII only, so Java 2D draws them where the system has a font for
 * them; without one, ASCII is left to OpenCV and other words are left out. Confined.
 */
final class TextPainter {
    private static final Logger LOG = LoggerFactory.getLogger(TextPainter.class);
    private static final int MAX_CHARACTERS = 64;
    private static final int SHADE = 96;

    /** Once fonts have failed they are not tried again: the JDK fails by errors, and slowly. */
    private boolean hasFonts = true;

    /** The lower left corner of the words lies at x, y, moved as far as needed to be within the picture. */
    void draw(Mat canvas, String words, int x, int y, int[] bgr) {
        String shown = words.length() > MAX_CHARACTERS ? words.substring(0, MAX_CHARACTERS) : words;
        if (shown.isBlank()) {
            return;
        }
        int size = Math.max(11, canvas.rows() / 30);
        Optional<BufferedImage> drawn = hasFonts ? drawn(shown, size) : Optional.empty();
        if (drawn.isPresent()) {
            blend(canvas, drawn.get(), x, y, bgr);
        } else if (shown.chars().allMatch(c -> c >= ' ' && c < 127)) {
            try (Point at = new Point(x, Math.max(size, y - 3));
                    Scalar colour = new Scalar(bgr[0], bgr[1], bgr[2], 0)) {
                putText(canvas, shown, at, FONT_HERSHEY_SIMPLEX, size / 22.0, colour, 1, LINE_AA, false);
            }
        }
    }

    /** The words as shades of grey; empty when no font has all of their characters. */
    private Optional<BufferedImage> drawn(String words, int size) {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.BOLD, size);
            if (font.canDisplayUpTo(words) >= 0) {
                return Optional.empty();
            }
            Rectangle2D bounds = font.getStringBounds(words, new FontRenderContext(null, true, true));
            BufferedImage image = new BufferedImage(
                    (int) Math.ceil(bounds.getWidth()) + 4,
                    (int) Math.ceil(bounds.getHeight()) + 2,
                    BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D graphics = image.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setFont(font);
            graphics.setColor(Color.WHITE);
            graphics.drawString(words, 2, (int) Math.ceil(-bounds.getY()));
            graphics.dispose();
            return Optional.of(image);
        } catch (RuntimeException | LinkageError | InternalError e) {
            hasFonts = false;
            LOG.info("no fonts here, so snapshots show names in ASCII only: {}", e.toString());
            return Optional.empty();
        }
    }

    private static void blend(Mat canvas, BufferedImage words, int x, int y, int[] bgr) {
        int width = Math.min(words.getWidth(), canvas.cols());
        int height = Math.min(words.getHeight(), canvas.rows());
        int left = Math.clamp(x, 0, canvas.cols() - width);
        int top = Math.clamp((long) y - height, 0, canvas.rows() - height);
        int stride = (int) canvas.step1();
        ByteBuffer pixels =
                canvas.data().capacity((long) stride * canvas.rows()).asByteBuffer();
        int[] shades = words.getRaster().getSamples(0, 0, width, height, 0, new int[width * height]);
        for (int row = 0; row < height; row++) {
            int at = (top + row) * stride + left * bgr.length;
            for (int column = 0; column < width; column++) {
                int shade = shades[row * width + column];
                for (int colour : bgr) {
                    // A darker ground under the letters keeps them readable on white.
                    int ground = (pixels.get(at) & 0xff) * (255 - SHADE) / 255;
                    pixels.put(at, (byte) (ground + (colour - ground) * shade / 255));
                    at++;
                }
            }
        }
    }
}
