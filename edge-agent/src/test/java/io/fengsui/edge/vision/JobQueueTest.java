package io.fengsui.edge.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.Job.PictureJob;
import io.fengsui.edge.vision.JobQueue.Dropped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JobQueueTest {
    private static final Duration AGE = Duration.ofSeconds(2);
    private static final byte[] UNIT = {0, 0, 0, 1, 0x65};

    private final JobQueue queue = new JobQueue(100);

    private static LookJob job(String camera, long arrival, GateReason reason) {
        return new LookJob(TestingStreet.look(camera, List.of(UNIT), arrival, reason), arrival);
    }

    private List<String> cameras(long now) {
        List<String> cameras = new ArrayList<>();
        while (true) {
            var polled = queue.poll(now, AGE);
            if (polled.job().isEmpty()) {
                return cameras;
            }
            cameras.add(polled.job().get().camera());
        }
    }

    @Test
    void aNewerLookTakesThePlaceOfItsCamerasOlder() {
        assertThat(queue.offer(job("a", 1, GateReason.KEYFRAME))).isEmpty();
        queue.offer(job("b", 2, GateReason.KEYFRAME));
        LookJob newer = job("a", 3, GateReason.KEYFRAME);
        assertThat(queue.offer(newer)).hasValueSatisfying(d -> {
            assertThat(d.reason()).isEqualTo(VisionDropReason.REPLACED);
            assertThat(d.look().arrivalNanos()).isEqualTo(1);
        });
        assertThat(queue.waitingLooks()).isEqualTo(2);
        assertThat(queue.poll(3, AGE).job()).contains(newer);
    }

    @Test
    void requestsComeFirstThenAwakeCamerasThenTheRest() {
        queue.offer(job("asleep", 1, GateReason.KEYFRAME));
        queue.offer(job("awake", 2, GateReason.ALL));
        queue.offer(job("asked", 3, GateReason.REQUESTED));
        Look look = TestingStreet.look("snapshot", List.of(UNIT), 4, GateReason.KEYFRAME);
        queue.offerRequest(
                new PictureJob(new SnapshotJob(look, List.of(), List.of(), 640, 85), new CompletableFuture<>(), 4));
        assertThat(cameras(4)).containsExactly("snapshot", "asked", "awake", "asleep");
    }

    @Test
    void inAFullBoxRoutineHasAsMuchTimeAsWhatIsFollowedAndNeitherComesBeforeAnOpening() {
        for (int i = 0; i < 3; i++) {
            queue.offer(job("followed-" + i, i, GateReason.FOLLOW));
            queue.offer(job("opened-" + i, i, GateReason.SIZE));
            queue.offer(job("audited-" + i, 20 + i, GateReason.AUDIT));
        }
        for (int i = 0; i < 15; i++) {
            queue.offer(job("sampled-" + i, i, GateReason.SAMPLE));
        }
        List<String> order = cameras(30).stream()
                .map(name -> name.substring(0, name.indexOf('-')))
                .toList();
        List<String> expected = new ArrayList<>(List.of("opened", "opened", "opened", "followed"));
        expected.addAll(Collections.nCopies(10, "sampled"));
        expected.add("followed");
        expected.addAll(Collections.nCopies(5, "sampled"));
        expected.addAll(List.of("audited", "followed", "audited", "audited"));
        assertThat(order)
                .as("ten small pictures for a look, one look for a look")
                .isEqualTo(expected);
    }

    @Test
    void aCameraThatWakesChangesItsLineAndWaitsOnce() {
        queue.offer(job("a", 1, GateReason.KEYFRAME));
        assertThat(queue.offer(job("a", 2, GateReason.ALL)))
                .map(Dropped::reason)
                .contains(VisionDropReason.REPLACED);
        assertThat(cameras(2)).containsExactly("a");
    }

    @Test
    void aMergedLookKeepsTheEarlierTurnAndTheGreaterUrgency() {
        queue.offer(job("a", 1, GateReason.KEYFRAME));
        queue.offer(job("b", 2, GateReason.SIZE));
        queue.offer(job("a", 3, GateReason.SIZE));
        queue.offer(job("c", 4, GateReason.SIZE));
        queue.offer(job("b", 5, GateReason.KEYFRAME));
        assertThat(cameras(6)).containsExactly("a", "b", "c");
    }

    @Test
    void aThousandFirstLooksDoNotStarveAnOpening() {
        for (int i = 0; i < 1000; i++) {
            queue.offer(job("back-" + i, i, GateReason.FIRST));
        }
        queue.offer(job("fire", 1000, GateReason.SIZE));
        assertThat(queue.poll(1001, AGE).job())
                .hasValueSatisfying(j -> assertThat(j.camera()).isEqualTo("fire"));
    }

    @Test
    void aSmallPictureTakesNoDetectionsPlace() {
        assertThat(queue.offer(job("a", 1, GateReason.ALL))).isEmpty();
        assertThat(queue.offer(job("a", 2, GateReason.SAMPLE))).isEmpty();
        assertThat(queue.waitingLooks()).isEqualTo(2);
    }

    @Test
    void theNextLookOfACameraWaitsForTheOneInFlight() {
        queue.offer(job("a", 1, GateReason.ALL));
        Job first = queue.poll(1, AGE).job().orElseThrow();
        queue.offer(job("a", 2, GateReason.ALL));
        assertThat(queue.poll(2, AGE).job()).isEmpty();
        queue.release(first);
        assertThat(queue.poll(2, AGE).job()).isPresent();
    }

    @Test
    void aLookWhoseWorkerEndedGoesOnceMoreUnlessANewerOneWaits() {
        queue.offer(job("a", 1, GateReason.ALL));
        Job first = queue.poll(1, AGE).job().orElseThrow();
        assertThat(queue.takeBack(first)).isEmpty();
        assertThat(queue.inFlight()).isZero();
        LookJob again = (LookJob) queue.poll(1, AGE).job().orElseThrow();
        assertThat(again.deaths()).isEqualTo(1);
        queue.offer(job("a", 2, GateReason.ALL));
        assertThat(queue.takeBack(again)).map(Dropped::reason).contains(VisionDropReason.REPLACED);
        assertThat(queue.waitingLooks()).isEqualTo(1);
    }

    @Test
    void whatWaitedTooLongIsDroppedOnTheWay() {
        queue.offer(job("old", 0, GateReason.KEYFRAME));
        queue.offer(job("new", AGE.toNanos(), GateReason.KEYFRAME));
        var polled = queue.poll(AGE.toNanos() + 1, AGE);
        assertThat(polled.job()).hasValueSatisfying(j -> assertThat(j.camera()).isEqualTo("new"));
        assertThat(polled.dropped()).extracting(Dropped::reason).containsExactly(VisionDropReason.TOO_OLD);
    }

    @Test
    void noMoreJobsGoOutThanThereAreCredits() {
        JobQueue two = new JobQueue(2);
        for (String camera : List.of("a", "b", "c")) {
            two.offer(job(camera, 1, GateReason.KEYFRAME));
        }
        assertThat(two.poll(1, AGE).job()).isPresent();
        assertThat(two.poll(1, AGE).job()).isPresent();
        assertThat(two.poll(1, AGE).job()).isEmpty();
        two.release(job("a", 1, GateReason.KEYFRAME));
        assertThat(two.poll(1, AGE).job()).isPresent();
    }

    @Test
    void looksAndRequestsAreBounded() {
        for (int i = 0; i < JobQueue.MAX_LOOKS; i++) {
            assertThat(queue.offer(job("camera-" + i, 1, GateReason.KEYFRAME))).isEmpty();
        }
        assertThat(queue.offer(job("one-more", 1, GateReason.KEYFRAME)))
                .map(Dropped::reason)
                .contains(VisionDropReason.FULL);
        assertThat(queue.offer(job("camera-0", 2, GateReason.KEYFRAME)))
                .map(Dropped::reason)
                .contains(VisionDropReason.REPLACED);
        PictureJob picture = new PictureJob(
                new SnapshotJob(job("a", 1, GateReason.KEYFRAME).look(), List.of(), List.of(), 640, 85),
                new CompletableFuture<>(),
                1);
        for (int i = 0; i < JobQueue.MAX_REQUESTS; i++) {
            assertThat(queue.offerRequest(picture)).isTrue();
        }
        assertThat(queue.offerRequest(picture)).isFalse();
    }

    @Test
    void aRangeThatNoMessageCanHoldIsRefused() {
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            units.add(new byte[4 << 20]);
        }
        LookJob large = new LookJob(TestingStreet.look("a", units, 1, GateReason.KEYFRAME), 1);
        assertThat(queue.offer(large)).map(Dropped::reason).contains(VisionDropReason.TOO_LARGE);
        assertThat(queue.waitingLooks()).isZero();
    }

    @Test
    void aClosedQueueHandsOutWhatWaitedAndTakesNothing() {
        queue.offer(job("a", 1, GateReason.KEYFRAME));
        assertThat(queue.close()).hasSize(1);
        assertThat(queue.offer(job("a", 2, GateReason.KEYFRAME)))
                .map(Dropped::reason)
                .contains(VisionDropReason.CLOSED);
        assertThat(queue.poll(2, AGE).job()).isEmpty();
    }

    @Test
    void aWorkerThatAsksInVainTakesNoTurn() {
        JobQueue undisturbed = new JobQueue(100);
        for (int i = 0; i < 4; i++) {
            for (JobQueue one : List.of(queue, undisturbed)) {
                one.offer(job("followed-" + i, i, GateReason.FOLLOW));
                one.offer(job("audited-" + i, i, GateReason.AUDIT));
            }
        }
        for (int i = 0; i < 8; i++) {
            assertThat(queue.poll(4, AGE, _ -> false).job()).isEmpty();
            assertThat(queue.poll(4, AGE).job().orElseThrow().camera())
                    .isEqualTo(undisturbed.poll(4, AGE).job().orElseThrow().camera());
        }
    }
}
