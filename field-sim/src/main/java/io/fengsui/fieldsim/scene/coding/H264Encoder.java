package io.fengsui.fieldsim.scene.coding;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Encodes pictures to H.264 with libopenh264 of the LGPL build of FFmpeg: constrained baseline, no B-frames. Confined
 * to its owner's thread; {@code close} frees the native memory.
 */
public final class H264Encoder implements AutoCloseable {
    private static final String NAME = "libopenh264";

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final AVCodecContext context;
    private final AVFrame frame;
    private final AVPacket packet;
    private final Yuv yuv;
    private long next;

    /** @param keyframeEvery pictures from one keyframe to the next */
    public H264Encoder(int width, int height, int framesPerSecond, int keyframeEvery) {
        av_log_set_level(AV_LOG_ERROR);
        AVCodec codec = avcodec_find_encoder_by_name(NAME);
        if (codec == null || codec.isNull()) {
            throw new IllegalStateException("this build of FFmpeg has no encoder " + NAME);
        }
        this.context = avcodec_alloc_context3(codec);
        this.frame = av_frame_alloc();
        this.packet = av_packet_alloc();
        this.yuv = new Yuv(width, height);
        try {
            open(codec, framesPerSecond, keyframeEvery);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(AVCodec codec, int framesPerSecond, int keyframeEvery) {
        int width = yuv.width(0);
        int height = yuv.height(0);
        context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base().num(1).den(framesPerSecond);
        context.framerate().num(framesPerSecond).den(1);
        context.gop_size(keyframeEvery).max_b_frames(0).thread_count(1);
        // About 0.25 bit a pixel keeps people sharp enough for a detector.
        context.bit_rate((long) (width * (long) height * framesPerSecond * 0.25));
        context.qmin(16).qmax(34);
        av_opt_set(context.priv_data(), "allow_skip_frames", "0", 0);
        check("open " + NAME, avcodec_open2(context, codec, (AVDictionary) null));
        frame.format(AV_PIX_FMT_YUV420P).width(width).height(height);
        check("allocate a frame", av_frame_get_buffer(frame, 0));
    }

    public void add(BufferedImage picture) {
        check("reuse a frame", av_frame_make_writable(frame));
        yuv.convert(picture);
        for (int plane = 0; plane < 3; plane++) {
            int width = yuv.width(plane);
            int stride = frame.linesize(plane);
            for (int y = 0; y < yuv.height(plane); y++) {
                frame.data(plane).position((long) y * stride).put(yuv.plane(plane), y * width, width);
            }
            frame.data(plane).position(0);
        }
        frame.pts(next++);
        check("encode", avcodec_send_frame(context, frame));
        drain();
    }

    /** Ends the stream and returns it, in Annex-B form. */
    public byte[] finish() {
        check("finish", avcodec_send_frame(context, null));
        drain();
        return stream.toByteArray();
    }

    private void drain() {
        while (true) {
            int result = avcodec_receive_packet(context, packet);
            if (result == AVERROR_EAGAIN() || result == AVERROR_EOF()) {
                return;
            }
            check("receive a packet", result);
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            stream.writeBytes(bytes);
            av_packet_unref(packet);
        }
    }

    private static void check(String what, int result) {
        if (result < 0) {
            throw new IllegalStateException("cannot " + what + ": FFmpeg error " + result);
        }
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
