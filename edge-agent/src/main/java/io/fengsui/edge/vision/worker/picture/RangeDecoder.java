package io.fengsui.edge.vision.worker.picture;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_OUTPUT_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.vision.wire.CodedRange;
import io.fengsui.edge.vision.wire.FromWorker.Pictures;
import io.fengsui.edge.vision.wire.SkipReason;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a range and keeps its newest good picture in display order. One decoder for each codec, flushed after each
 * range, serves all cameras. Confined to one thread; a picture is valid until the next call.
 */
public final class RangeDecoder implements AutoCloseable {
    /** Twelve megapixels: the decoder refuses more, so a parameter set cannot ask for all memory. */
    private static final long MAX_PIXELS = 4096L * 3072;

    private final Map<Codec, AVCodecContext> decoders = new EnumMap<>(Codec.class);
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame current = av_frame_alloc();
    private final AVFrame newest = av_frame_alloc();
    private int good;
    private int corrupt;
    private int refused;
    private boolean isSpent;

    /** What came of a range. */
    public sealed interface Decoded {
        /** @param pictures the frame is the newest good one of */
        record Picture(AVFrame frame, Pictures pictures) implements Decoded {}

        record Nothing(SkipReason reason, String detail) implements Decoded {}
    }

    public Decoded decode(CodedRange range) {
        if (!ParameterSets.precede(range.codec(), range.units().getFirst())) {
            return new Decoded.Nothing(SkipReason.NO_PARAMETER_SETS, "the first access unit has no SPS and PPS");
        }
        AVCodecContext decoder = decoder(range.codec());
        if (decoder == null) {
            return new Decoded.Nothing(SkipReason.UNSUPPORTED, "no decoder for " + range.codec());
        }
        begin();
        try {
            feed(decoder, range);
            drain(decoder);
        } finally {
            avcodec_flush_buffers(decoder);
        }
        return outcome();
    }

    /**
     * Decodes a range and stays ready for what comes after it. The picture is the newest that the decoder gives: of a
     * stream with B-frames it is as many pictures late as they are reordered.
     *
     * @param isContinued whether the range goes on where the last one ended
     */
    public Decoded follow(CodedRange range, boolean isContinued) {
        if (!isContinued && !ParameterSets.precede(range.codec(), range.units().getFirst())) {
            return new Decoded.Nothing(SkipReason.NO_PARAMETER_SETS, "the first access unit has no SPS and PPS");
        }
        AVCodecContext decoder = decoder(range.codec());
        if (decoder == null) {
            return new Decoded.Nothing(SkipReason.UNSUPPORTED, "no decoder for " + range.codec());
        }
        begin();
        if (!isContinued) {
            avcodec_flush_buffers(decoder);
        }
        isSpent = false;
        feed(decoder, range);
        if (good == 0) {
            // Nothing yet, since it waits for pictures to reorder: what it has now is worth more than going on.
            drain(decoder);
            isSpent = true;
        }
        return outcome();
    }

    /** Whether the last {@link #follow} left nothing that can be continued. */
    public boolean isSpent() {
        return isSpent;
    }

    /** Lets go of the picture; the decoder keeps what it needs to go on. */
    public void rest() {
        av_frame_unref(newest);
    }

    private @Nullable AVCodecContext decoder(Codec codec) {
        AVCodecContext decoder = decoders.get(codec);
        if (decoder == null) {
            decoder = open(codec);
            if (decoder != null) {
                decoders.put(codec, decoder);
            }
        }
        return decoder;
    }

    private void begin() {
        good = 0;
        corrupt = 0;
        refused = 0;
        av_frame_unref(newest);
    }

    private void feed(AVCodecContext decoder, CodedRange range) {
        for (byte[] unit : range.units()) {
            send(decoder, unit);
            receive(decoder);
        }
    }

    private void drain(AVCodecContext decoder) {
        avcodec_send_packet(decoder, null);
        receive(decoder);
    }

    private Decoded outcome() {
        if (good > 0) {
            return new Decoded.Picture(newest, new Pictures(good, corrupt + refused));
        }
        if (corrupt > 0) {
            return new Decoded.Nothing(SkipReason.CORRUPT, "all " + corrupt + " pictures are damaged");
        }
        return refused > 0
                ? new Decoded.Nothing(SkipReason.CORRUPT, "the decoder refused " + refused + " access units")
                : new Decoded.Nothing(SkipReason.NO_PICTURE, "no picture came of the access units");
    }

    private void send(AVCodecContext decoder, byte[] unit) {
        if (av_new_packet(packet, unit.length) < 0) {
            throw new IllegalStateException("no memory for an access unit of " + unit.length + " bytes");
        }
        packet.data().put(unit);
        if (avcodec_send_packet(decoder, packet) < 0) {
            refused++;
        }
        av_packet_unref(packet);
    }

    /** Takes what is there; pictures come in display order, so the last good one is the newest. */
    private void receive(AVCodecContext decoder) {
        while (avcodec_receive_frame(decoder, current) >= 0) {
            if ((current.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || current.decode_error_flags() != 0) {
                corrupt++;
                av_frame_unref(current);
            } else {
                good++;
                av_frame_unref(newest);
                av_frame_move_ref(newest, current);
            }
        }
    }

    private static @Nullable AVCodecContext open(Codec codec) {
        int id = switch (codec) {
            case H264 -> AV_CODEC_ID_H264;
            case H265 -> AV_CODEC_ID_HEVC;
        };
        AVCodec found = avcodec_find_decoder(id);
        if (found == null) {
            return null;
        }
        AVCodecContext decoder = avcodec_alloc_context3(found);
        decoder.thread_count(1);
        decoder.max_pixels(MAX_PIXELS);
        // Damaged pictures are asked for, so that they can be counted; they are never looked at.
        decoder.flags(decoder.flags() | AV_CODEC_FLAG_OUTPUT_CORRUPT);
        if (avcodec_open2(decoder, found, (AVDictionary) null) < 0) {
            avcodec_free_context(decoder);
            return null;
        }
        return decoder;
    }

    @Override
    public void close() {
        decoders.values().forEach(decoder -> avcodec_free_context(decoder));
        decoders.clear();
        av_packet_free(packet);
        av_frame_free(current);
        av_frame_free(newest);
    }
}
