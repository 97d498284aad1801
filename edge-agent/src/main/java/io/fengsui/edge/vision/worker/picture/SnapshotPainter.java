package io.fengsui.edge.vision.worker.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_32SC2;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.fillPoly;
import static org.bytedeco.opencv.global.opencv_imgproc.line;
import static org.bytedeco.opencv.global.opencv_imgproc.polylines;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import io.fengsui.edge.vision.wire.Outline;
import io.fengsui.edge.vision.wire.ToWorker.TakeSnapshot;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.nio.IntBuffer;
import java.util.Locale;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Makes a JPEG of a picture, boxes and zones drawn in. Confined. */
public final class SnapshotPainter implements AutoCloseable {
    /** Blue, green, red: readable by day and at night. */
    private static final int[] BOX_COLOUR = {64, 64, 255};

    private static final int[] ZONE_COLOUR = {64, 220, 255};
    /** Width of a black part's edge, for what rounding left and JPEG smears. */
    private static final int EDGE = 3;

    private final PictureScaler scaler = new PictureScaler();
    private final TextPainter text = new TextPainter();

    public byte[] paint(AVFrame picture, TakeSnapshot wanted) {
        int width = Math.min(picture.width(), wanted.maxWidth());
        int height = Math.max(1, (int) Math.round((double) picture.height() * width / picture.width()));
        AVFrame bgr = scaler.toBgr(picture, width, height);
        try (Mat canvas = new Mat(height, width, CV_8UC3, bgr.data(0), bgr.linesize(0))) {
            wanted.drawn().hidden().forEach(part -> cover(canvas, part));
            wanted.drawn().zones().forEach(zone -> zone(canvas, zone));
            wanted.drawn().boxes().forEach(box -> box(canvas, box));
            return encode(canvas, wanted.quality());
        }
    }

    /** Black, its edge included. */
    private static void cover(Mat canvas, Outline part) {
        int corners = part.xs().size();
        try (Mat outline = new Mat(corners, 1, CV_32SC2);
                MatVector outlines = new MatVector(outline);
                Scalar black = new Scalar(0, 0, 0, 0)) {
            IntBuffer points = outline.createBuffer();
            for (int i = 0; i < corners; i++) {
                try (Point at = at(canvas, part.xs().get(i), part.ys().get(i))) {
                    points.put(at.x()).put(at.y());
                }
            }
            fillPoly(canvas, outlines, black);
            polylines(canvas, outlines, true, black, EDGE, LINE_8, 0);
        }
    }

    private void zone(Mat canvas, Outline zone) {
        int corners = zone.xs().size();
        for (int i = 0; i < corners; i++) {
            int j = (i + 1) % corners;
            try (Point from = at(canvas, zone.xs().get(i), zone.ys().get(i));
                    Point to = at(canvas, zone.xs().get(j), zone.ys().get(j));
                    Scalar colour = scalar(ZONE_COLOUR)) {
                line(canvas, from, to, colour, thickness(canvas), LINE_AA, 0);
            }
        }
        try (Point first = at(canvas, zone.xs().getFirst(), zone.ys().getFirst())) {
            text.draw(canvas, zone.name(), first.x(), first.y(), ZONE_COLOUR);
        }
    }

    private void box(Mat canvas, Detection detection) {
        Box box = detection.box();
        try (Point from = at(canvas, box.left(), box.top());
                Point to = at(canvas, box.right(), box.bottom());
                Scalar colour = scalar(BOX_COLOUR)) {
            rectangle(canvas, from, to, colour, thickness(canvas), LINE_AA, 0);
            String words = String.format(Locale.ROOT, "%s %.2f", detection.label(), detection.confidence());
            text.draw(canvas, words, from.x(), from.y(), BOX_COLOUR);
        }
    }

    private static Point at(Mat canvas, double x, double y) {
        return new Point((int) Math.round(Math.clamp(x, 0, 1) * (canvas.cols() - 1)), (int)
                Math.round(Math.clamp(y, 0, 1) * (canvas.rows() - 1)));
    }

    private static Scalar scalar(int[] bgr) {
        return new Scalar(bgr[0], bgr[1], bgr[2], 0);
    }

    private static int thickness(Mat canvas) {
        return Math.max(1, canvas.cols() / 400);
    }

    private static byte[] encode(Mat canvas, int quality) {
        try (BytePointer jpeg = new BytePointer();
                IntPointer parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            if (!imencode(".jpg", canvas, jpeg, parameters)) {
                throw new IllegalStateException("the picture could not be written as JPEG");
            }
            byte[] bytes = new byte[(int) jpeg.limit()];
            jpeg.get(bytes);
            return bytes;
        }
    }

    /** Loads OpenCV's libraries. */
    public void warmUp() {
        try (Scalar grey = new Scalar(128, 128, 128, 0);
                Mat canvas = new Mat(16, 16, CV_8UC3, grey)) {
            text.draw(canvas, "0", 0, 0, BOX_COLOUR);
            encode(canvas, 80);
        }
    }

    @Override
    public void close() {
        scaler.close();
    }
}
