package io.fengsui.edge.vision.worker;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.fengsui.edge.vision.wire.CodedRange;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.edge.vision.wire.FromWorker.Skipped;
import io.fengsui.edge.vision.wire.FromWorker.SnapshotTaken;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.edge.vision.wire.ToWorker;
import io.fengsui.edge.vision.wire.ToWorker.Detect;
import io.fengsui.edge.vision.wire.ToWorker.DetectInPixels;
import io.fengsui.edge.vision.wire.ToWorker.TakeLuma;
import io.fengsui.edge.vision.wire.ToWorker.TakeSnapshot;
import io.fengsui.edge.vision.worker.detect.Detector;
import io.fengsui.edge.vision.worker.detect.LoadedModel;
import io.fengsui.edge.vision.worker.picture.KeptDecoders;
import io.fengsui.edge.vision.worker.picture.LumaTaker;
import io.fengsui.edge.vision.worker.picture.RangeDecoder;
import io.fengsui.edge.vision.worker.picture.RangeDecoder.Decoded;
import io.fengsui.edge.vision.worker.picture.SnapshotPainter;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of one {@code infer} thread: takes jobs and answers each of them once. */
final class JobRunner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int CHANNELS = 3;

    private final Outbox outbox;
    private final BlockingQueue<ToWorker> jobs;
    private final AtomicLong jobsDone;
    private final KeptDecoders kept;
    private final RangeDecoder decoder = new RangeDecoder();
    private final LoadedModel model;
    private final Detector detector;
    private @Nullable Detector golden;
    private final LumaTaker luma = new LumaTaker();
    private final SnapshotPainter painter = new SnapshotPainter();

    JobRunner(LoadedModel model, KeptDecoders kept, Outbox outbox, BlockingQueue<ToWorker> jobs, AtomicLong jobsDone) {
        this.kept = kept;
        this.outbox = outbox;
        this.jobs = jobs;
        this.jobsDone = jobsDone;
        this.model = model;
        this.detector = new Detector(model);
    }

    /** Before the thread starts: loads what is loaded at first use. */
    void warmUp() {
        detector.warmUp();
        painter.warmUp();
    }

    @Override
    public void run() {
        try {
            while (true) {
                ToWorker job = jobs.take();
                try (PointerScope _ = new PointerScope()) {
                    outbox.send(outcome(job));
                }
                jobsDone.incrementAndGet();
            }
        } catch (IOException | InterruptedException e) {
            LOG.info("no more jobs: {}", e.toString());
        }
    }

    private FromWorker outcome(ToWorker job) {
        try {
            return switch (job) {
                case Detect d when d.following().isKept() -> following(d);
                case Detect d -> fromRange(d.job(), d.range(), new Detecting(d.job(), System.nanoTime()));
                case TakeLuma l -> {
                    long begun = System.nanoTime();
                    yield fromRange(
                            l.job(), l.range(), picture -> luma.take(l.job(), picture, System.nanoTime() - begun));
                }
                case TakeSnapshot s ->
                    fromRange(
                            s.job(),
                            s.range(),
                            picture ->
                                    new SnapshotTaken(s.job(), picture.pictures(), painter.paint(picture.frame(), s)));
                case DetectInPixels p -> inPixels(p);
            };
        } catch (RuntimeException e) {
            return new Skipped(job.job(), SkipReason.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private final class Detecting implements Function<Decoded.Picture, FromWorker> {
        private final long job;
        private final long begun;

        Detecting(long job, long begun) {
            this.job = job;
            this.begun = begun;
        }

        @Override
        public FromWorker apply(Decoded.Picture picture) {
            AVFrame frame = picture.frame();
            Detector.Found found = detector.detect(frame, System.nanoTime() - begun);
            return new Detected(
                    job, frame.width(), frame.height(), picture.pictures(), found.spent(), found.detections());
        }
    }

    private FromWorker fromRange(long job, CodedRange range, Function<Decoded.Picture, FromWorker> use) {
        return switch (decoder.decode(range)) {
            case Decoded.Picture picture -> use.apply(picture);
            case Decoded.Nothing nothing -> new Skipped(job, nothing.reason(), nothing.detail());
        };
    }

    /** With the decoder of its camera, which is kept for the next range unless something went wrong. */
    private FromWorker following(Detect job) {
        String stream = job.following().stream();
        RangeDecoder own = kept.take(stream);
        if (own == null) {
            if (job.following().isContinued()) {
                return new Skipped(job.job(), SkipReason.DECODER_GONE, "the decoder of " + stream + " was closed");
            }
            own = new RangeDecoder();
        }
        boolean isGood = false;
        try {
            Detecting detecting = new Detecting(job.job(), System.nanoTime());
            Decoded decoded = own.follow(job.range(), job.following().isContinued());
            FromWorker answer = switch (decoded) {
                case Decoded.Picture picture -> detecting.apply(picture);
                case Decoded.Nothing nothing -> new Skipped(job.job(), nothing.reason(), nothing.detail());
            };
            isGood = decoded instanceof Decoded.Picture && !own.isSpent();
            return answer;
        } finally {
            if (isGood) {
                own.rest();
                kept.put(stream, own, System.nanoTime());
            } else {
                own.close();
            }
        }
    }

    /** Golden pictures hold for the input size of the manifest, whatever size is served. */
    private Detector golden() {
        if (model.input().equals(model.manifest().input())) {
            return detector;
        }
        if (golden == null) {
            golden = new Detector(model.resized(model.manifest().input()));
        }
        return golden;
    }

    private FromWorker inPixels(DetectInPixels job) {
        AVFrame frame = av_frame_alloc();
        try {
            frame.format(AV_PIX_FMT_BGR24);
            frame.width(job.width());
            frame.height(job.height());
            if (av_frame_get_buffer(frame, 0) < 0) {
                throw new IllegalStateException("no memory for a picture of " + job.width() + "x" + job.height());
            }
            BytePointer pixels = frame.data(0);
            int rowBytes = job.width() * CHANNELS;
            for (int y = 0; y < job.height(); y++) {
                pixels.position((long) y * frame.linesize(0)).put(job.bgr(), y * rowBytes, rowBytes);
            }
            Detector.Found found = golden().detect(frame, 0);
            return new Detected(
                    job.job(), job.width(), job.height(), FromWorker.Pictures.NONE, found.spent(), found.detections());
        } finally {
            av_frame_free(frame);
        }
    }
}
