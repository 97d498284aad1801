package io.fengsui.edge.vision.worker;

import java.nio.file.Path;

/**
 * Arguments of a worker: {@code SOCKET MODEL-FOLDER WIDTH HEIGHT THREADS}; a width and height of 0 take the manifest's.
 */
record WorkerOptions(Path socket, Path model, int width, int height, int threads) {
    private static final int COUNT = 5;

    static WorkerOptions parse(String[] args) {
        if (args.length != COUNT) {
            throw new IllegalArgumentException(
                    "a vision worker is started by the edge agent, with SOCKET MODEL-FOLDER WIDTH HEIGHT THREADS");
        }
        return new WorkerOptions(
                Path.of(args[0]),
                Path.of(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Math.clamp(Integer.parseInt(args[4]), 1, 64));
    }
}
