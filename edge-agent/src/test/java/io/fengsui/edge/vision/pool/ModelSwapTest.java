package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionSettings.Limits;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.pool.TestingPool.Said;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Detectors that change while cameras are looked at, with real workers. */
@Timeout(1800)
class ModelSwapTest {
    private static final TimeSource TIME = TimeSource.system();
    private static final int SHORT_CIRCLE = 2;
    private static final int LONG_CIRCLE = 100;

    @TempDir
    Path data;

    private TestingPool bench;

    @BeforeEach
    void startAPool() throws Exception {
        Limits patient = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 128, 1024, Duration.ofSeconds(10));
        bench = new TestingPool(data, patient, TIME);
    }

    @AfterEach
    void closeThePool() throws IOException {
        bench.close();
    }

    private ModelReport use(Path folder) throws Exception {
        return bench.pool.use(ModelPackage.load(folder)).get(120, TimeUnit.SECONDS);
    }

    private LookedPicture looked() throws Exception {
        bench.look("gate-1");
        return bench.next();
    }

    @Test
    void aProvenModelTakesOverAndAnUnprovenOneDoesNot() throws Exception {
        assertThat(looked().model().version()).isEqualTo("1");
        Path wrong = TestingModels.copy(data.resolve("wrong"), "3", "golden/street.yaml", "label: car", "label: boat");
        assertThatThrownBy(() -> use(wrong)).hasMessageContaining("golden").hasMessageContaining("boat");
        assertThat(looked().model().version()).isEqualTo("1");
        Path broken =
                TestingModels.copy(data.resolve("broken"), "4", "model.yaml", "scores: scores", "scores: nothing");
        assertThatThrownBy(() -> use(broken)).hasMessageContaining("nothing");
        assertThat(looked().model().version()).isEqualTo("1");
        Path good = TestingModels.copy(data.resolve("good"), "2", "model.yaml", "score: 0.4", "score: 0.41");
        assertThat(use(good).isGood()).isTrue();
        assertThat(bench.pool.model().version()).isEqualTo("2");
        assertThat(looked().model().version()).isEqualTo("2");
        assertThat(bench.states).doesNotContain(new Said(VisionState.DOWN, "dismissed"));
        await().atMost(Duration.ofSeconds(30)).until(() -> TestingPool.workers() == 1);
    }

    @Test
    void aModelThatIsTooSlowIsNotTakenIntoUse() throws Exception {
        bench.close();
        Limits hasty = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 128, 1024, Duration.ofNanos(1));
        bench = new TestingPool(data, hasty, TIME);
        Path good = TestingModels.copy(data.resolve("good"), "2", "model.yaml", "score: 0.4", "score: 0.41");
        assertThatThrownBy(() -> use(good)).hasMessageContaining("a detection takes");
        assertThat(looked().model().version()).isEqualTo("1");
    }

    @Test
    @Tag("slow")
    void aModelThatCrashesThreeTimesGivesWayToTheFormer() throws Exception {
        looked();
        use(TestingModels.copy(data.resolve("good"), "2", "model.yaml", "score: 0.4", "score: 0.41"));
        for (int crash = 0; crash < 3; crash++) {
            looked();
            TestingPool.signal("SEGV");
            await().atMost(Duration.ofSeconds(60)).until(() -> bench.pool.readyWorkers() == 0);
            await().atMost(Duration.ofSeconds(60)).until(() -> bench.pool.readyWorkers() == 1);
        }
        assertThat(bench.states).contains(new Said(VisionState.DOWN, "model_rolled_back"));
        assertThat(looked().model().version()).isEqualTo("1");
    }

    @Test
    @Tag("slow")
    void threeFamiliesGoRoundAndNoPictureIsMissed() throws Exception {
        assumeTrue(
                TestingModels.has("yolox-nano") && TestingModels.has("fastestdet"),
                () -> TestingModels.networks() + " has not the networks");
        goRound(Integer.getInteger("fengsui.test.swaps", LONG_CIRCLE));
    }

    @Test
    @Tag("slow")
    void aShortRoundOfThreeFamilies() throws Exception {
        assumeTrue(
                TestingModels.has("yolox-nano") && TestingModels.has("fastestdet"),
                () -> TestingModels.networks() + " has not the networks");
        goRound(SHORT_CIRCLE);
    }

    private void goRound(int rounds) throws Exception {
        looked();
        List<Path> models = List.of(
                TestingModels.other(data.resolve("yolox-nano"), "yolox-nano"),
                TestingModels.other(data.resolve("fastestdet"), "fastestdet"),
                TestingStreet.model());
        List<Long> agentBytes = new ArrayList<>();
        int sent = 0;
        for (int swap = 0; swap < rounds; swap++) {
            Path model = models.get(swap % models.size());
            var using = bench.pool.use(ModelPackage.load(model));
            while (!using.isDone()) {
                // Four cameras, each with its next look as soon as the last one is answered.
                for (int camera = 0; camera < 4; camera++) {
                    bench.pool.onLook(TestingStreet.look(
                            "camera-" + camera,
                            TestingStreet.annexB().subList(0, 3),
                            TIME.steadyNanos(),
                            GateReason.FOLLOW));
                    sent++;
                }
                for (int camera = 0; camera < 4; camera++) {
                    bench.next();
                    bench.counts.clear();
                }
            }
            using.get();
            assertThat(looked().model().name())
                    .isEqualTo(
                            model.equals(TestingStreet.model())
                                    ? "nanodet-g"
                                    : model.getFileName().toString());
            agentBytes.add(used());
        }
        assertThat(sent).isPositive();
        assertThat(bench.drops.stream().filter(reason -> reason != VisionDropReason.REPLACED))
                .isEmpty();
        assertThat(agentBytes.getLast()).isLessThan(agentBytes.getFirst() + (32 << 20));
        await().atMost(Duration.ofSeconds(30)).until(() -> TestingPool.workers() == 1);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
