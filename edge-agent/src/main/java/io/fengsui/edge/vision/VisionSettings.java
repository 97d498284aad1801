package io.fengsui.edge.vision;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the vision workers run.
 *
 * @param model folder of the model package: {@code models/<name>/<version>}
 * @param input size of the detector's input
 * @param staff processes and their threads
 * @param maxFrameAge a look that waited longer is dropped
 */
public record VisionSettings(
        Path model, InputSize input, Staff staff, Duration maxFrameAge, Limits limits, Folders folders) {

    /**
     * Processes that look at pictures.
     *
     * @param workers processes
     * @param inferThreads of each worker
     * @param hasSpare whether one more is kept ready, so that cameras are blind for moments only when a worker ends
     */
    public record Staff(int workers, int inferThreads, boolean hasSpare) {
        public Staff {
            between("vision workers", workers, 1, 16);
            between("infer threads", inferThreads, 1, 64);
        }
    }

    /** Size of the detector's input in pixels; 0 by 0 takes the manifest's. */
    public record InputSize(int width, int height) {
        /** What the manifest says. */
        public static final InputSize OF_THE_MODEL = new InputSize(0, 0);

        public InputSize {
            between("input width", width, 0, 4096);
            between("input height", height, 0, 4096);
            if ((width == 0) != (height == 0)) {
                throw new IllegalArgumentException("input width and height are given together or not at all");
            }
        }
    }

    /**
     * What a worker may take before it is ended and started anew.
     *
     * @param job time for one job
     * @param start time to load the model
     * @param heapMiB its Java heap
     * @param maxRssMiB its memory in all
     * @param detection time for one detection, without which a model is not taken into use
     */
    public record Limits(Duration job, Duration start, int heapMiB, int maxRssMiB, Duration detection) {
        private static final Duration DETECTION = Duration.ofSeconds(1);

        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 192, 1024);

        /** With the usual time for one detection. */
        public Limits(Duration job, Duration start, int heapMiB, int maxRssMiB) {
            this(job, start, heapMiB, maxRssMiB, DETECTION);
        }

        public Limits {
            positive("detection time", detection);
            positive("job timeout", job);
            positive("start timeout", start);
            between("worker heap MiB", heapMiB, 64, 4096);
            between("worker max RSS MiB", maxRssMiB, 64, 65_536);
        }
    }

    /**
     * @param run for sockets and scratch files; short, since a socket's path has at most 107 bytes
     * @param nativeLibraries where they are unpacked once
     */
    public record Folders(Path run, Path nativeLibraries) {
        /** The usual places below the data folder. */
        public static Folders below(Path data) {
            return new Folders(data.resolve("run"), data.resolve("native"));
        }
    }

    /** Without a spare worker. */
    public VisionSettings(
            Path model,
            InputSize input,
            int workers,
            int inferThreads,
            Duration maxFrameAge,
            Limits limits,
            Folders folders) {
        this(model, input, new Staff(workers, inferThreads, false), maxFrameAge, limits, folders);
    }

    /** The same for another model. */
    public VisionSettings with(Path otherModel, InputSize otherInput) {
        return new VisionSettings(otherModel, otherInput, staff, maxFrameAge, limits, folders);
    }

    public int workers() {
        return staff.workers();
    }

    public int inferThreads() {
        return staff.inferThreads();
    }

    public VisionSettings {
        positive("max frame age", maxFrameAge);
    }

    private static void between(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + min + " to " + max + ", not " + value);
        }
    }

    private static void positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " is more than 0, not " + value);
        }
    }

    /** One worker with a thread per core, and the model's own input size. */
    public static VisionSettings defaults(Path model, Path data) {
        return new VisionSettings(
                model,
                InputSize.OF_THE_MODEL,
                1,
                Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64),
                Duration.ofSeconds(5),
                Limits.DEFAULT,
                Folders.below(data));
    }
}
