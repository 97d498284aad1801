package io.fengsui.edge.vision;

import io.fengsui.edge.bitstream.ParameterSets;
import io.fengsui.edge.camera.gop.GopSnapshot;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.model.GoldenPicture;
import io.fengsui.edge.vision.wire.CodedRange;
import io.fengsui.edge.vision.wire.Following;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.edge.vision.wire.ToWorker;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Something for a worker to do. Ends once: with a result, a skip, or a reason why it never came to one. */
public sealed interface Job {
    /** Steady clock when it began to wait. */
    long sinceNanos();

    /** The camera that it looks at; empty for a golden picture. */
    String camera();

    /** What it is of, by its parameter sets: the same while the camera sends the same. Reads a keyframe. */
    long stream();

    /** As it is told to a worker. */
    ToWorker toWire(long number);

    /** Gives up; looks are counted by whoever gives up, since nobody waits for them. */
    void fail(String why);

    /** The same, since its camera is left out. */
    default void refuse(String why) {
        fail(why);
    }

    /** Lets go of what it looks at; once, when it has ended. */
    void release();

    /**
     * A look.
     *
     * @param deaths workers that ended while they had it
     */
    record LookJob(Look look, long sinceNanos, int deaths) implements Job {
        public LookJob(Look look, long sinceNanos) {
            this(look, sinceNanos, 0);
        }

        /** The same, after a worker ended while it had it. */
        public LookJob again() {
            return new LookJob(look, sinceNanos, deaths + 1);
        }

        /** For a worker that follows the camera: the access units from one on. */
        public ToWorker toWire(long number, int from, Following following) {
            return new ToWorker.Detect(number, range(look, from), following);
        }

        @Override
        public String camera() {
            return look.camera();
        }

        @Override
        public long stream() {
            return Job.stream(look);
        }

        @Override
        public ToWorker toWire(long number) {
            return switch (look.reason().aim()) {
                case LUMA -> new ToWorker.TakeLuma(number, range(look, 0));
                case DETECT, NOTHING -> toWire(number, 0, Following.NONE);
            };
        }

        @Override
        public void fail(String why) {}

        @Override
        public void release() {
            look.release();
        }
    }

    record PictureJob(SnapshotJob wanted, CompletableFuture<byte[]> jpeg, long sinceNanos) implements Job {
        @Override
        public String camera() {
            return wanted.look().camera();
        }

        @Override
        public long stream() {
            return Job.stream(wanted.look());
        }

        @Override
        public ToWorker toWire(long number) {
            return new ToWorker.TakeSnapshot(
                    number,
                    range(wanted.look(), 0),
                    new ToWorker.Drawn(wanted.hidden(), wanted.boxes(), wanted.zones()),
                    wanted.maxWidth(),
                    wanted.quality());
        }

        @Override
        public void fail(String why) {
            jpeg.completeExceptionally(new IOException(noPicture(why)));
        }

        @Override
        public void refuse(String why) {
            jpeg.completeExceptionally(new NoPictureException(NoPictureException.Cause.QUARANTINED, noPicture(why)));
        }

        private String noPicture(String why) {
            return "no picture of camera " + camera() + ": " + why;
        }

        @Override
        public void release() {
            wanted.look().release();
        }
    }

    record GoldenJob(GoldenPicture picture, CompletableFuture<Detected> found, long sinceNanos) implements Job {
        @Override
        public String camera() {
            return "";
        }

        @Override
        public long stream() {
            return 0;
        }

        @Override
        public ToWorker toWire(long number) {
            return new ToWorker.DetectInPixels(number, picture.width(), picture.height(), picture.bgr());
        }

        @Override
        public void fail(String why) {
            found.completeExceptionally(new IOException("golden picture " + picture.name() + ": " + why));
        }

        @Override
        public void release() {}
    }

    private static CodedRange range(Look look, int from) {
        GopSnapshot pictures = look.pictures();
        return new CodedRange(
                pictures.codec(),
                IntStream.range(from, pictures.size())
                        .mapToObj(pictures::annexB)
                        .toList());
    }

    /** As {@link #stream()}, of a look. */
    static long stream(Look look) {
        GopSnapshot pictures = look.pictures();
        return ParameterSets.sum(pictures.codec(), pictures.annexB(0));
    }

    /** Bytes of coded pictures that it holds. */
    static long bytes(Look look) {
        return look.pictures().bytes();
    }
}
