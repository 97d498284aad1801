package io.fengsui.edge.vision.wire;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.edge.vision.wire.FromWorker.Heartbeat;
import io.fengsui.edge.vision.wire.FromWorker.LoadFailed;
import io.fengsui.edge.vision.wire.FromWorker.LumaTaken;
import io.fengsui.edge.vision.wire.FromWorker.Ready;
import io.fengsui.edge.vision.wire.FromWorker.Skipped;
import io.fengsui.edge.vision.wire.FromWorker.SnapshotTaken;
import io.fengsui.edge.vision.wire.ToWorker.Detect;
import io.fengsui.edge.vision.wire.ToWorker.DetectInPixels;
import io.fengsui.edge.vision.wire.ToWorker.TakeLuma;
import io.fengsui.edge.vision.wire.ToWorker.TakeSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Messages to frames and back. Reading checks every count and length against the bytes that are there. Thread-safe.
 */
public final class Wire {
    /** Largest frame to a worker: a group of pictures, or a golden picture. */
    public static final int MAX_TO_WORKER = 64 << 20;

    /** Largest frame from a worker: a JPEG. */
    public static final int MAX_FROM_WORKER = 16 << 20;

    private static final int MAX_LUMA = FromWorker.LUMA_WIDTH * FromWorker.LUMA_HEIGHT;
    private static final int DETECT = 1;
    private static final int TAKE_SNAPSHOT = 2;
    private static final int DETECT_IN_PIXELS = 3;
    private static final int TAKE_LUMA = 4;
    private static final int READY = 65;
    private static final int LOAD_FAILED = 66;
    private static final int HEARTBEAT = 67;
    private static final int DETECTED = 68;
    private static final int SNAPSHOT_TAKEN = 69;
    private static final int SKIPPED = 70;
    private static final int LUMA_TAKEN = 71;

    private Wire() {}

    /** A whole frame, its length before it, ready to be written. */
    public static ByteBuffer frame(ToWorker message) throws IOException {
        FrameWriter out = new FrameWriter(MAX_TO_WORKER);
        switch (message) {
            case Detect m -> {
                out.kind(DETECT).number(m.job());
                range(out, m.range());
                out.text(m.following().stream()).count(m.following().isContinued() ? 1 : 0);
            }
            case TakeLuma m -> {
                out.kind(TAKE_LUMA).number(m.job());
                range(out, m.range());
            }
            case TakeSnapshot m -> {
                out.kind(TAKE_SNAPSHOT).number(m.job());
                range(out, m.range());
                out.outlines(m.drawn().hidden());
                out.detections(m.drawn().boxes());
                out.outlines(m.drawn().zones());
                out.count(m.maxWidth()).count(m.quality());
            }
            case DetectInPixels m ->
                out.kind(DETECT_IN_PIXELS)
                        .number(m.job())
                        .count(m.width())
                        .count(m.height())
                        .bytes(m.bgr());
        }
        return out.frame();
    }

    /** A whole frame, its length before it, ready to be written. */
    public static ByteBuffer frame(FromWorker message) throws IOException {
        FrameWriter out = new FrameWriter(MAX_FROM_WORKER);
        switch (message) {
            case Ready m ->
                out.kind(READY)
                        .number(m.pid())
                        .count(m.inferThreads())
                        .text(m.model())
                        .text(m.version())
                        .text(m.sha256())
                        .text(m.libraries());
            case LoadFailed m -> out.kind(LOAD_FAILED).text(m.detail());
            case Heartbeat m -> out.kind(HEARTBEAT).number(m.rssBytes()).number(m.jobsDone());
            case Detected m -> {
                out.kind(DETECTED).number(m.job()).count(m.width()).count(m.height());
                out.count(m.pictures().decoded()).count(m.pictures().corrupt());
                out.number(m.spent().decodeNanos()).number(m.spent().prepareNanos());
                out.number(m.spent().inferNanos()).number(m.spent().readNanos());
                out.detections(m.detections());
            }
            case SnapshotTaken m ->
                out.kind(SNAPSHOT_TAKEN)
                        .number(m.job())
                        .count(m.pictures().decoded())
                        .count(m.pictures().corrupt())
                        .bytes(m.jpeg());
            case LumaTaken m ->
                out.kind(LUMA_TAKEN)
                        .number(m.job())
                        .count(m.pictures().decoded())
                        .count(m.pictures().corrupt())
                        .number(m.decodeNanos())
                        .count(m.chroma())
                        .bytes(m.luma());
            case Skipped m ->
                out.kind(SKIPPED).number(m.job()).text(m.reason().name()).text(m.detail());
        }
        return out.frame();
    }

    private static void range(FrameWriter out, CodedRange range) {
        out.text(range.codec().name()).count(range.units().size());
        range.units().forEach(out::bytes);
    }

    private static ToWorker.Drawn drawn(FrameReader in) throws IOException {
        return new ToWorker.Drawn(in.outlines(), in.detections(), in.outlines());
    }

    /** Reads a frame's bytes, without the length before them. */
    public static ToWorker toWorker(ByteBuffer frame) throws IOException {
        FrameReader in = new FrameReader(frame);
        int kind = in.kind();
        try {
            ToWorker message = switch (kind) {
                case DETECT -> new Detect(in.number(), range(in), following(in));
                case TAKE_LUMA -> new TakeLuma(in.number(), range(in));
                case TAKE_SNAPSHOT -> new TakeSnapshot(in.number(), range(in), drawn(in), in.count(), in.count());
                case DETECT_IN_PIXELS ->
                    new DetectInPixels(in.number(), in.count(), in.count(), in.bytes(MAX_TO_WORKER));
                default -> throw new IOException("unknown kind " + kind + " of a message to a worker");
            };
            in.end();
            return message;
        } catch (IllegalArgumentException e) {
            throw new IOException("message to a worker, kind " + kind + ": " + e.getMessage(), e);
        }
    }

    /** Reads a frame's bytes, without the length before them. */
    public static FromWorker fromWorker(ByteBuffer frame) throws IOException {
        FrameReader in = new FrameReader(frame);
        int kind = in.kind();
        try {
            FromWorker message = switch (kind) {
                case READY -> new Ready(in.number(), in.count(), in.text(), in.text(), in.text(), in.text());
                case LOAD_FAILED -> new LoadFailed(in.text());
                case HEARTBEAT -> new Heartbeat(in.number(), in.number());
                case DETECTED ->
                    new Detected(
                            in.number(),
                            in.count(),
                            in.count(),
                            pictures(in),
                            new FromWorker.Spent(in.number(), in.number(), in.number(), in.number()),
                            in.detections());
                case SNAPSHOT_TAKEN -> new SnapshotTaken(in.number(), pictures(in), in.bytes(MAX_FROM_WORKER));
                case LUMA_TAKEN ->
                    new LumaTaken(in.number(), pictures(in), in.number(), in.count(), in.bytes(MAX_LUMA));
                case SKIPPED -> new Skipped(in.number(), in.oneOf(SkipReason.class), in.text());
                default -> throw new IOException("unknown kind " + kind + " of a message from a worker");
            };
            in.end();
            return message;
        } catch (IllegalArgumentException e) {
            throw new IOException("message from a worker, kind " + kind + ": " + e.getMessage(), e);
        }
    }

    private static FromWorker.Pictures pictures(FrameReader in) throws IOException {
        return new FromWorker.Pictures(in.count(), in.count());
    }

    private static Following following(FrameReader in) throws IOException {
        return new Following(in.text(), in.count() != 0);
    }

    private static CodedRange range(FrameReader in) throws IOException {
        Codec codec = in.oneOf(Codec.class);
        return new CodedRange(codec, in.list(CodedRange.MAX_UNITS, () -> in.bytes(AccessUnit.MAX_BYTES)));
    }
}
