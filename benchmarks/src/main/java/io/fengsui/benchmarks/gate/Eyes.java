package io.fengsui.benchmarks.gate;

import io.fengsui.benchmarks.Scratch;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.LookedPictureSink;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.pool.VisionPool;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.protocol.value.Detection;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real vision worker that is asked one thing at a time. */
final class Eyes implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    /** What came of a look. */
    sealed interface Answer {
        record Seen(List<Detection> detections) implements Answer {}

        record Small(LumaPicture picture) implements Answer {}

        record Nothing(String why) implements Answer {}
    }

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Scratch scratch;
    private final VisionPool pool;

    Eyes(ModelPackage model) throws IOException {
        scratch = Scratch.make("gate");
        VisionSettings settings = new VisionSettings(
                model.folder(),
                new InputSize(320, 192),
                1,
                1,
                Duration.ofHours(1),
                VisionSettings.Limits.DEFAULT,
                VisionSettings.Folders.below(scratch.folder()));
        VisionPool.Outlets outlets =
                new VisionPool.Outlets(new Sink(), (_, _, _, detail) -> System.err.print(detail), new Observer());
        pool = new VisionPool(settings, model, outlets, TimeSource.system());
        pool.start();
    }

    /** Looks, and waits for what comes of it. */
    Answer look(Look look) throws InterruptedException {
        pool.onLook(look);
        @Nullable Answer answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return answer == null ? new Answer.Nothing("no answer") : answer;
    }

    private final class Sink implements LookedPictureSink {
        @Override
        public boolean offer(LookedPicture picture) {
            return answers.add(new Answer.Seen(picture.detections()));
        }

        @Override
        public void onLuma(Look look, LumaPicture picture) {
            answers.add(new Answer.Small(picture));
        }
    }

    private final class Observer implements VisionObserver {
        @Override
        public void onDrop(String camera, VisionDropReason reason) {
            answers.add(new Answer.Nothing("dropped: " + reason));
        }

        @Override
        public void onSkip(String camera, SkipReason reason) {
            answers.add(new Answer.Nothing("skipped: " + reason));
        }
    }

    @Override
    public void close() throws IOException {
        try (scratch) {
            pool.close();
        }
    }
}
