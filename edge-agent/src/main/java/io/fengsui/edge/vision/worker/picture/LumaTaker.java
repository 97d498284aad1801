package io.fengsui.edge.vision.worker.picture;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_isSupportedInput;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.FromWorker.LumaTaken;
import io.fengsui.edge.vision.worker.picture.RangeDecoder.Decoded;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/** Makes pictures small and grey by taking means, and says how colourful they were. Confined. */
public final class LumaTaker implements AutoCloseable {
    private static final int WIDTH = FromWorker.LUMA_WIDTH;
    private static final int HEIGHT = FromWorker.LUMA_HEIGHT;
    private static final int GREY = 128;
    private static final int ROW_STEP = 8;

    private final AVFrame small = av_frame_alloc();
    private byte[] row = new byte[0];
    private @Nullable SwsContext context;

    public LumaTaken take(long job, Decoded.Picture picture, long decodeNanos) {
        return new LumaTaken(job, picture.pictures(), decodeNanos, chroma(picture.frame()), luma(picture.frame()));
    }

    private byte[] luma(AVFrame picture) {
        if (picture.isNull() || picture.width() < 1 || picture.height() < 1) {
            throw new IllegalStateException("the decoder gave an empty picture");
        }
        if (sws_isSupportedInput(picture.format()) == 0) {
            throw new IllegalStateException("pixels of format " + picture.format() + " cannot be read");
        }
        if (small.width() != WIDTH) {
            small.format(AV_PIX_FMT_GRAY8);
            small.width(WIDTH);
            small.height(HEIGHT);
            if (av_frame_get_buffer(small, 0) < 0) {
                throw new IllegalStateException("no memory for a small picture");
            }
        }
        context = sws_getCachedContext(
                context,
                picture.width(),
                picture.height(),
                picture.format(),
                WIDTH,
                HEIGHT,
                AV_PIX_FMT_GRAY8,
                SWS_AREA,
                null,
                null,
                (DoublePointer) null);
        if (context == null) {
            throw new IllegalStateException("cannot make " + picture.width() + "x" + picture.height() + " small");
        }
        sws_scale(context, picture.data(), picture.linesize(), 0, picture.height(), small.data(), small.linesize());
        byte[] luma = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            small.data(0).position((long) y * small.linesize(0)).get(luma, y * WIDTH, WIDTH);
        }
        small.data(0).position(0);
        return luma;
    }

    /** Of every eighth row: an infrared picture has none, however dark a coloured one is. */
    private int chroma(AVFrame picture) {
        if (picture.format() != AV_PIX_FMT_YUV420P && picture.format() != AV_PIX_FMT_YUVJ420P) {
            return 0;
        }
        int width = picture.width() / 2;
        if (row.length < width) {
            row = new byte[width];
        }
        long sum = 0;
        long count = 0;
        for (int y = 0; y < picture.height() / 2; y += ROW_STEP) {
            for (int plane = 1; plane <= 2; plane++) {
                picture.data(plane).position((long) y * picture.linesize(plane)).get(row, 0, width);
                picture.data(plane).position(0);
                for (int x = 0; x < width; x++) {
                    sum += Math.abs((row[x] & 0xff) - GREY);
                }
                count += width;
            }
        }
        return count == 0 ? 0 : (int) (10 * sum / count);
    }

    @Override
    public void close() {
        av_frame_free(small);
        sws_freeContext(context);
        context = null;
    }
}
