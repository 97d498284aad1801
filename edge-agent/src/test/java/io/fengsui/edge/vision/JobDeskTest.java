package io.fengsui.edge.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.FromWorker.Detected;
import io.fengsui.edge.vision.wire.FromWorker.LumaTaken;
import io.fengsui.edge.vision.wire.FromWorker.Outcome;
import io.fengsui.edge.vision.wire.FromWorker.Pictures;
import io.fengsui.edge.vision.wire.FromWorker.Skipped;
import io.fengsui.edge.vision.wire.FromWorker.Spent;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a camera whose jobs end workers, by what they were and what came of them. */
class JobDeskTest {
    private static final ModelInUse MODEL = new ModelInUse("nanodet-g", "1", new Sha256("0".repeat(64)));

    private final List<String> told = new ArrayList<>();
    private final Accusations accusations = new Accusations();
    private boolean isDeaf;
    private final JobDesk desk = new JobDesk(_ -> true, VisionObserver.NONE, new News(), accusations);

    private final class News implements VisionStateSink {
        @Override
        public void onState(int worker, VisionState state, String reason, String detail) {}

        @Override
        public void onQuarantine(Quarantine quarantine) {
            told.add(quarantine.cause().label());
            if (isDeaf) {
                throw new IllegalStateException("nobody listens");
            }
        }

        @Override
        public void onTrial(String camera) {
            told.add("try " + camera);
            if (isDeaf) {
                throw new IllegalStateException("nobody looks");
            }
        }
    }

    private static LookJob job(GateReason reason) {
        return new LookJob(TestingStreet.look("cam-1", TestingStreet.annexB().subList(0, 1), 0, reason), 0);
    }

    private void crash(GateReason reason, int times) {
        for (int i = 0; i < times; i++) {
            desk.accuse(job(reason), MODEL, 0);
        }
    }

    private void answer(GateReason reason, Outcome outcome) {
        desk.answered(job(reason), outcome, MODEL, 0, 0);
    }

    private static Outcome small() {
        return new LumaTaken(1, new Pictures(1, 0), 1, 0, new byte[FromWorker.LUMA_WIDTH * FromWorker.LUMA_HEIGHT]);
    }

    private static Outcome found() {
        return new Detected(1, 1280, 720, new Pictures(1, 0), new Spent(1, 1, 1, 1), List.of());
    }

    @Test
    void smallPicturesDoNotHideThatEachLookOfTheDetectorEndsAWorker() {
        for (int i = 0; i < 3; i++) {
            crash(GateReason.SIZE, 1);
            answer(GateReason.SAMPLE, small());
        }
        assertThat(told).containsExactly("workers_crashed");
        desk.turn(Charge.QUARANTINE.toNanos());
        answer(GateReason.SAMPLE, small());
        assertThat(told).containsExactly("workers_crashed", "try cam-1");
        answer(GateReason.REQUESTED, found());
        assertThat(told).containsExactly("workers_crashed", "try cam-1", "decoded");
    }

    @Test
    void whoOnlyWasThereIsClearedByWhatItWasThereFor() {
        for (int i = 0; i < 5; i++) {
            crash(GateReason.SAMPLE, 1);
            answer(GateReason.SAMPLE, small());
            crash(GateReason.FOLLOW, 1);
            answer(GateReason.FOLLOW, found());
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aLookOfWhichNoPictureCameIsNotSaidToBeDecoded() {
        crash(GateReason.SIZE, 3);
        desk.turn(Charge.QUARANTINE.toNanos());
        answer(GateReason.REQUESTED, new Skipped(1, SkipReason.CORRUPT, "all pictures are damaged"));
        assertThat(told).containsExactly("workers_crashed", "try cam-1");
    }

    @Test
    void anotherModelGivesItATryAtOnce() {
        crash(GateReason.SIZE, 3);
        assertThat(desk.refusal(job(GateReason.SIZE), 0)).isPresent();
        desk.onModel(1);
        assertThat(desk.refusal(job(GateReason.SIZE), 1)).isEmpty();
        assertThat(told).containsExactly("workers_crashed", "try cam-1");
    }

    @Test
    void anErrorOfWhoeverIsToldKeepsNoJobOfADeadWorkerFromItsEnd() {
        isDeaf = true;
        crash(GateReason.SIZE, 3);
        desk.onModel(0);
        assertThat(told).containsExactly("workers_crashed", "try cam-1");
        assertThat(accusations.blindUntil("cam-1", 0)).isPresent();
    }
}
