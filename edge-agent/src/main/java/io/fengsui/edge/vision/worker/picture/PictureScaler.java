package io.fengsui.edge.vision.worker.picture;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU601;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_isSupportedInput;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/** Scales decoded pictures to blue, green, red. Its picture is valid until the next call. Confined. */
public final class PictureScaler implements AutoCloseable {
    private static final int ALIGNMENT = 32;
    private static final int ONE = 1 << 16;

    private final AVFrame bgr = av_frame_alloc();
    private @Nullable SwsContext context;

    /** @throws IllegalStateException when the picture's format cannot be read */
    public AVFrame toBgr(AVFrame picture, int width, int height) {
        if (picture.isNull() || picture.data(0) == null || picture.width() < 1 || picture.height() < 1) {
            throw new IllegalStateException("the decoder gave an empty picture");
        }
        if (sws_isSupportedInput(picture.format()) == 0) {
            throw new IllegalStateException("pixels of format " + picture.format() + " cannot be read");
        }
        resize(width, height);
        // swscale wants the cached context back even when it makes another.
        context = sws_getCachedContext(
                context,
                picture.width(),
                picture.height(),
                picture.format(),
                width,
                height,
                AV_PIX_FMT_BGR24,
                SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        if (context == null) {
            throw new IllegalStateException(
                    "cannot scale " + picture.width() + "x" + picture.height() + " to " + width + "x" + height);
        }
        int matrix = picture.colorspace() == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_ITU601;
        int fullRange = picture.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
        var coefficients = sws_getCoefficients(matrix);
        sws_setColorspaceDetails(context, coefficients, fullRange, coefficients, 1, 0, ONE, ONE);
        int rows =
                sws_scale(context, picture.data(), picture.linesize(), 0, picture.height(), bgr.data(), bgr.linesize());
        if (rows != height) {
            throw new IllegalStateException("scaling gave " + rows + " rows of " + height);
        }
        return bgr;
    }

    private void resize(int width, int height) {
        if (bgr.width() == width && bgr.height() == height) {
            return;
        }
        av_frame_unref(bgr);
        bgr.format(AV_PIX_FMT_BGR24);
        bgr.width(width);
        bgr.height(height);
        if (av_frame_get_buffer(bgr, ALIGNMENT) < 0) {
            throw new IllegalStateException("no memory for a picture of " + width + "x" + height);
        }
    }

    @Override
    public void close() {
        av_frame_free(bgr);
        sws_freeContext(context);
        context = null;
    }
}
